package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Everything that decides the final weights of a run, in words: what a resumed run must share. */
final class RunIdentity {
  private static final int LONGEST = 200;
  private static final int MOST_DIFFERENCES = 5;

  private final SequencedMap<String, String> facts = new LinkedHashMap<>();

  RunIdentity(Training training) {
    facts.put("network", training.network.name());
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
    facts.put("augmentation", training.augmentation.toString());
    facts.put("batch", Integer.toString(training.batch));
    facts.put("accumulation", Integer.toString(training.accumulation));
    facts.put("epochs", Integer.toString(training.epochs));
    facts.put("seed", Long.toString(training.seed));
    facts.put("chosen by", training.choice.metric());
  }

  SequencedMap<String, String> facts() {
    return facts;
  }

  /**
   * Refuses to go on from another run.
   *
   * @throws UserException naming what differs
   */
  void requireSame(
      Map<String, String> savedFacts, List<Tensor> present, Map<String, Tensor> saved) {
    var differences = new ArrayList<String>();
    facts.forEach(
        (fact, now) -> compare(fact, savedFacts.getOrDefault(fact, ""), now, differences));
    compareParameters(present, saved, differences);
    if (!differences.isEmpty()) {
      throw new UserException(
          "This is not the run that the checkpoint is from: "
              + differences.stream().limit(MOST_DIFFERENCES).collect(Collectors.joining("; "))
              + "; restore the old settings or start a new run.");
    }
  }

  private static void compareParameters(
      List<Tensor> present, Map<String, Tensor> saved, List<String> differences) {
    var names = new ArrayList<String>();
    for (var tensor : present) {
      names.add(tensor.name());
      var earlier = saved.get(tensor.name());
      var then = earlier == null ? "absent" : earlier.shape().toString();
      compare("parameter " + tensor.name(), then, tensor.shape().toString(), differences);
    }
    saved.keySet().stream()
        .filter(name -> !name.contains("/") && !names.contains(name))
        .forEach(name -> compare("parameter " + name, "present", "absent", differences));
  }

  private static void compare(String what, String then, String now, List<String> differences) {
    if (!Objects.equals(then, now)) {
      differences.add(what + ": " + shorten(then) + " then, " + shorten(now) + " now");
    }
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
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
