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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Training examples by how little a run trusts them: by their rate, and among equal rates by the
 * probability that the network gives to their label.
 *
 * @param ranked the least trusted first
 * @param classes the names of the classes
 * @param wrong the view that made labels wrong, if the truth is known
 */
record Suspects(List<Suspect> ranked, List<String> classes, Optional<WrongLabels> wrong) {
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
        task.classes(),
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
  Optional<Judgement> judgement() {
    return wrong.map(this::judgedBy);
  }

  private Judgement judgedBy(WrongLabels truth) {
    var curve = new RankCurve(ranked.size());
    ranked.forEach(s -> curve.add((float) -s.rate(), truth.isWrong(s.index())));
    return new Judgement(
        ranked.stream().map(suspect -> truth.isWrong(suspect.index())).toList(), curve.area());
  }

  /**
   * A ranking of labels beside the truth.
   *
   * @param wrong whether each label is wrong, in the order of the ranking
   * @param area the area under the ROC curve of the rates
   */
  record Judgement(List<Boolean> wrong, double area) {
    long count() {
      return wrong.stream().filter(is -> is).count();
    }

    /** Half as many as there are wrong labels. */
    int half() {
      return (int) Math.max(1, count() / 2);
    }

    /** Which share of the first so many is wrong. */
    double precision(int first) {
      return (double) wrong.stream().limit(first).filter(is -> is).count() / first;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d labels are wrong; area under the ROC curve of the rates %.3f, precision of the"
              + " first %d %.3f",
          count(),
          wrong.size(),
          area,
          half(),
          precision(half()));
    }
  }
}
