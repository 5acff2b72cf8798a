package dev.gradus.djl;

import dev.gradus.Optimizer;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.djl.data.Examples;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** What a run's weights, or their averages, are worth on examples that are not trained on. */
final class Assessment {
  private final Training training;
  private final RunState state;
  private final Optimizer optimizer;
  private final Onlookers onlookers;

  Assessment(Training training, RunState state, Optimizer optimizer, Onlookers onlookers) {
    this.training = training;
    this.state = state;
    this.optimizer = optimizer;
    this.onlookers = onlookers;
  }

  /** The present weights on the validation examples; they stay as they are. */
  SequencedMap<String, Double> validate() {
    var examples = training.data.validation();
    var visitor = onlookers.validation(examples, training.batch);
    return Averages.inPlace(training.network, optimizer.state(), () -> evaluate(examples, visitor));
  }

  /** A checkpoint's weights on the test examples; they are in the network afterwards. */
  SequencedMap<String, Double> test(Checkpoint weights) {
    state.readForUse(weights);
    return evaluate(training.data.test(), (_, _, _) -> {});
  }

  private SequencedMap<String, Double> evaluate(Examples examples, Reading.Visitor visitor) {
    return examples.size() == 0
        ? new LinkedHashMap<>()
        : new Evaluation(training.network, training.data.task(), training.loss, training.batch)
            .of(examples, visitor);
  }
}
