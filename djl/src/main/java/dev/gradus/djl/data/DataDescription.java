package dev.gradus.djl.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.Task.Classification;
import dev.gradus.djl.data.Task.NextToken;
import dev.gradus.djl.data.Task.Regression;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network's inputs and outputs mean, which is what new data must be read by. It is kept in
 * every checkpoint, so that one file is enough to use a network.
 *
 * @param inputShape the shape of one input, without a batch dimension
 * @param columns the names of a table's inputs, in order; empty for other data
 * @param normalisation what brings raw inputs to the network's range
 * @param task what the outputs mean
 */
public record DataDescription(
    List<Long> inputShape, List<String> columns, Normalisation normalisation, Task task) {

  /** Copies the lists. */
  public DataDescription {
    inputShape = List.copyOf(inputShape);
    columns = List.copyOf(columns);
  }

  /**
   * As texts, for a checkpoint.
   *
   * @return {@code task}, {@code inputShape} and numbered lists such as {@code class.0}
   */
  public SequencedMap<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    texts.put("inputShape", joined(inputShape));
    put(texts, "column", columns);
    put(texts, "mean", normalisation.means());
    put(texts, "scale", normalisation.scales());
    switch (task) {
      case Classification(var classes, _) -> {
        texts.put("task", "classification");
        put(texts, "class", classes);
      }
      case Regression(var targets, var means, var scales) -> {
        texts.put("task", "regression");
        put(texts, "target", targets);
        put(texts, "targetMean", means);
        put(texts, "targetScale", scales);
      }
      case NextToken(var vocabulary) -> {
        texts.put("task", "next-token");
        put(texts, "character", vocabulary);
      }
    }
    return texts;
  }

  private static String joined(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void put(Map<String, String> texts, String key, List<?> values) {
    IntStream.range(0, values.size())
        .forEach(index -> texts.put(key + "." + index, values.get(index).toString()));
  }

  /**
   * Reads what {@link #texts} gave. Class weights are not part of it.
   *
   * @param texts the texts
   * @return the description
   * @throws UserException if there is none in the texts
   */
  public static DataDescription of(Map<String, String> texts) {
    try {
      return new DataDescription(
          shape(texts.getOrDefault("inputShape", "")),
          values(texts, "column"),
          new Normalisation(numbers(texts, "mean"), numbers(texts, "scale")),
          task(texts));
    } catch (IllegalArgumentException unreadable) {
      throw new UserException(
          "The description of the data in the checkpoint cannot be read; the checkpoint is not one"
              + " of this version's training.",
          unreadable);
    }
  }

  private static List<Long> shape(String text) {
    return Arrays.stream(text.split(",", -1)).map(Long::valueOf).toList();
  }

  private static Task task(Map<String, String> texts) {
    return switch (texts.getOrDefault("task", "")) {
      case "classification" -> new Classification(values(texts, "class"));
      case "regression" ->
          new Regression(
              values(texts, "target"), numbers(texts, "targetMean"), numbers(texts, "targetScale"));
      case "next-token" -> new NextToken(values(texts, "character"));
      default -> throw new IllegalArgumentException("no task in " + texts.keySet());
    };
  }

  private static List<String> values(Map<String, String> texts, String key) {
    return IntStream.iterate(0, index -> texts.containsKey(key + "." + index), index -> index + 1)
        .mapToObj(index -> texts.getOrDefault(key + "." + index, ""))
        .toList();
  }

  private static List<Double> numbers(Map<String, String> texts, String key) {
    return values(texts, key).stream().map(Double::valueOf).toList();
  }
}
