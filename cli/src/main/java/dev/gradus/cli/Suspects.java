package dev.gradus.cli;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gradus.UserException;
import dev.gradus.djl.Answers;
import dev.gradus.djl.RankCurve;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.data.WrongLabels;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Training examples by how little a run trusts them: by their rate, and among equal rates by the
 * probability that the network gives to their label.
 *
 * @param ranked the least trusted first
 * @param wrong the view that made labels wrong, if the truth is known
 */
record Suspects(List<Suspect> ranked, Optional<WrongLabels> wrong) {
  private static final String RATES = "instances/rates";

  /**
   * A training example.
   *
   * @param index which one
   * @param identity where it comes from
   * @param rate its learned rate
   * @param label its label
   * @param answer the network's answer
   * @param probability what the network gives to the label
   */
  record Suspect(
      int index, String identity, double rate, String label, String answer, double probability) {}

  static Suspects of(DataSet set, @Nullable Tensor rates, Answers answers) {
    if (!(set.task() instanceof Task.Classification task)) {
      throw new UserException(
          "Labels of '%s' are no classes, so none can be suspected.".formatted(set.name()));
    }
    var suspects = new ArrayList<Suspect>();
    MemorySegment memory = required(set.train(), rates).data();
    answers.to(
        set.train(),
        answer -> {
          int index = answer.index();
          int label = label(set.train(), index);
          suspects.add(
              new Suspect(
                  index,
                  set.train().identity(index),
                  memory.getAtIndex(JAVA_FLOAT, index),
                  task.classes().get(label),
                  task.classes().get(answer.mostProbable()),
                  answer.values().get(label).doubleValue()));
        });
    suspects.sort(
        Comparator.comparingDouble(Suspect::rate).thenComparingDouble(Suspect::probability));
    return new Suspects(
        List.copyOf(suspects),
        set.train() instanceof WrongLabels known ? Optional.of(known) : Optional.empty());
  }

  private static Tensor required(Examples train, @Nullable Tensor rates) {
    if (rates == null || rates.shape().getFirst() != train.size()) {
      throw new UserException(
          "The run keeps no rates of its training examples; train with --instances rates.");
    }
    return rates;
  }

  static @Nullable Tensor rates(Map<String, Tensor> tensors) {
    return tensors.get(RATES);
  }

  private static int label(Examples train, int index) {
    var target = new float[1];
    train.target(index, target, 0);
    return (int) target[0];
  }

  /** How well the ranking finds labels that are known to be wrong. */
  Optional<String> judged() {
    return wrong.map(this::judgedBy);
  }

  private String judgedBy(WrongLabels truth) {
    var curve = new RankCurve(ranked.size());
    ranked.forEach(s -> curve.add((float) -s.rate(), truth.isWrong(s.index())));
    long all = ranked.stream().filter(s -> truth.isWrong(s.index())).count();
    int half = (int) Math.max(1, all / 2);
    long found = ranked.stream().limit(half).filter(s -> truth.isWrong(s.index())).count();
    return "%d of %d labels are wrong; area under the ROC curve of the rates %.3f, precision of the first %d %.3f"
        .formatted(all, ranked.size(), curve.area(), half, (double) found / half);
  }
}
