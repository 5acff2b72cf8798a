package dev.gradus.djl;

import dev.gradus.Group;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Everything that decides the final weights of a run, in words: what a resumed run must share. */
final class RunIdentity {
  static final String NETWORK = "network";
  static final String CHOSEN_BY = "chosen by";

  private final SequencedMap<String, String> facts = new LinkedHashMap<>();

  RunIdentity(Training training) {
    facts.put(NETWORK, training.network.name());
    var data = training.data.fingerprint();
    facts.put("task", data.task());
    facts.put("input shape", data.inputShape().toString());
    facts.put("target shape", data.targetShape().toString());
    facts.put("training examples", Integer.toString(data.train()));
    facts.put("validation examples", Integer.toString(data.validation()));
    facts.put("test examples", Integer.toString(data.test()));
    facts.put("hash of the data", data.contents());
    facts.put(
        "optimizer",
        training.groups.stream().map(RunIdentity::text).collect(Collectors.joining("; ")));
    facts.put("loss", training.loss.toString());
    if (!training.method.equals(TrainingMethod.BACK_PROPAGATION)) {
      facts.put("method", training.method.toString());
    }
    if (!training.instances.equals(InstanceMethod.UNIFORM)) {
      facts.put("instances", training.instances.toString());
      facts.put("trusted examples", Integer.toString(training.trusted.size()));
    }
    if (training.transport != null) {
      facts.put("compressor", training.compressor.toString());
    }
    facts.put("augmentation", training.augmentation.toString());
    facts.put("batch", Integer.toString(training.batch));
    facts.put("accumulation", Integer.toString(training.accumulation));
    facts.put("epochs", Integer.toString(training.epochs));
    facts.put("seed", Long.toString(training.seed));
    facts.put(CHOSEN_BY, training.choice.metric());
    facts.put("early stopping", training.earlyStopping.toString());
  }

  SequencedMap<String, String> facts() {
    return facts;
  }

  /** What differs from the facts of a checkpoint, in words. */
  List<String> differences(Map<String, String> saved) {
    return Differences.ofFacts(saved, facts);
  }

  private static String text(Group group) {
    var types =
        group.types().stream().sorted().map(Object::toString).collect(Collectors.joining("+"));
    return "%s of %s: %s, learning rate %s, %s%s"
        .formatted(
            types,
            group.names(),
            group.pipeline(),
            group.learningRate(),
            group.schedule(),
            group.decayEverything() ? ", decaying everything" : "");
  }
}
