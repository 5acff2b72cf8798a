package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.data.Task.NextToken;
import dev.gradus.djl.data.Task.Regression;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What a network answers to examples.
 *
 * @param network the network; it must have its weights
 * @param task what its outputs mean
 * @param batch how many examples are computed at a time, 1 or more
 */
public record Answers(Network network, Task task, int batch) {

  /**
   * The answer to one example.
   *
   * @param index which example
   * @param values of a classification the probability of each class, of a regression each target in
   *     the user's unit
   */
  public record Answer(int index, List<Double> values) {
    /** Copies the list. */
    public Answer {
      values = List.copyOf(values);
    }

    /**
     * The most probable class.
     *
     * @return its number; of equal ones the first
     */
    public int mostProbable() {
      return values.indexOf(Collections.max(values));
    }
  }

  /**
   * Answers examples in order.
   *
   * @param examples what is read
   * @param listener is given each answer in the order of the examples
   * @throws UserException if the network predicts characters, whose answers are texts
   */
  public void to(Examples examples, Consumer<Answer> listener) {
    if (task instanceof NextToken) {
      throw new UserException(
          "The network predicts the next character of a text; answers are given for classes and"
              + " numbers only.");
    }
    new Reading(network, batch)
        .of(
            examples,
            (read, outputs, _) -> {
              float[] all = outputs.toFloatArray();
              for (int place = 0; place < read.size(); place++) {
                listener.accept(new Answer(read.index(place), answer(all, place)));
              }
            });
  }

  private List<Double> answer(float[] outputs, int place) {
    int length = task.outputs();
    var own = IntStream.range(0, length).mapToDouble(each -> outputs[place * length + each]);
    return task instanceof Regression regression
        ? inUnits(own.toArray(), regression)
        : probabilities(own.toArray());
  }

  private static List<Double> probabilities(double[] outputs) {
    double largest = Arrays.stream(outputs).max().orElseThrow();
    double sum = Arrays.stream(outputs).map(output -> Math.exp(output - largest)).sum();
    return Arrays.stream(outputs).map(output -> Math.exp(output - largest) / sum).boxed().toList();
  }

  private static List<Double> inUnits(double[] outputs, Regression task) {
    return IntStream.range(0, outputs.length)
        .mapToObj(each -> outputs[each] * task.scales().get(each) + task.means().get(each))
        .toList();
  }
}
