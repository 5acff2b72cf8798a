package dev.gradus.djl.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A short proof of what a data set is, so that a run is not resumed on other data.
 *
 * @param name the data set as the user named it; not compared, because a folder may move
 * @param task the kind of task with its names, as text
 * @param inputShape the shape of one input
 * @param targetShape the shape of one target
 * @param train how many training examples
 * @param validation how many validation examples
 * @param test how many test examples
 * @param contents the first 16 bytes of a SHA-256, in hexadecimal, over up to 65,536 numbers of
 *     targets and 256 inputs of evenly spaced examples of each part: normalisation and split are in
 *     it
 */
public record Fingerprint(
    String name,
    String task,
    List<Long> inputShape,
    List<Long> targetShape,
    int train,
    int validation,
    int test,
    String contents) {
  private static final int TARGET_NUMBERS_SAMPLED = 65_536;
  private static final int INPUTS_SAMPLED = 256;
  private static final int BYTES_KEPT = 16;

  /** Copies the shapes. */
  public Fingerprint {
    inputShape = List.copyOf(inputShape);
    targetShape = List.copyOf(targetShape);
  }

  static Fingerprint of(DataSet data) {
    return new Fingerprint(
        data.name(),
        words(data.task()),
        data.train().inputShape(),
        data.train().targetShape(),
        data.train().size(),
        data.validation().size(),
        data.test().size(),
        contents(data));
  }

  /**
   * What differs from the data of an earlier run, in words.
   *
   * @param earlier the fingerprint kept in that run's checkpoint
   * @return such as {@code "training examples: 60000 then, 50000 now"}; empty when the data are the
   *     same
   */
  public List<String> differencesFrom(Fingerprint earlier) {
    var differences = new ArrayList<String>();
    compare("task", earlier.task, task, differences);
    compare("input shape", earlier.inputShape, inputShape, differences);
    compare("target shape", earlier.targetShape, targetShape, differences);
    compare("training examples", earlier.train, train, differences);
    compare("validation examples", earlier.validation, validation, differences);
    compare("test examples", earlier.test, test, differences);
    compare("hash of the contents", earlier.contents, contents, differences);
    return differences;
  }

  private static void compare(String what, Object then, Object now, List<String> differences) {
    if (!Objects.equals(then, now)) {
      differences.add(what + ": " + then + " then, " + now + " now");
    }
  }

  private static String words(Task task) {
    return switch (task) {
      case Task.Classification(var classes, var weights) ->
          "classification into " + classes + " weighted " + weights;
      case Task.Regression(var targets, var means, var scales) ->
          "regression of " + targets + " with means " + means + " and deviations " + scales;
      case Task.NextToken(var vocabulary) -> "next of " + vocabulary;
    };
  }

  private static String contents(DataSet data) {
    var digest = sha256();
    digest.update(words(data.task()).getBytes(StandardCharsets.UTF_8));
    for (var part : List.of(data.train(), data.validation(), data.test())) {
      addTargets(part, digest);
      addInputs(part, digest);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES_KEPT);
  }

  private static void addTargets(Examples part, MessageDigest digest) {
    int length = part.targetLength();
    int sampled = Math.min(part.size(), Math.max(1, TARGET_NUMBERS_SAMPLED / length));
    var targets = new float[sampled * length];
    for (int sample = 0; sample < sampled; sample++) {
      part.target(spaced(sample, sampled, part.size()), targets, sample * length);
    }
    digest.update(bytes(targets));
  }

  private static void addInputs(Examples part, MessageDigest digest) {
    var input = new float[part.inputLength()];
    int sampled = Math.min(part.size(), INPUTS_SAMPLED);
    for (int sample = 0; sample < sampled; sample++) {
      part.input(spaced(sample, sampled, part.size()), input, 0);
      digest.update(bytes(input));
    }
  }

  private static int spaced(int sample, int samples, int size) {
    return (int) ((long) sample * size / samples);
  }

  private static ByteBuffer bytes(float[] values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
