package dev.gradus.cli;

import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Split;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Training examples without those that are trusted.
 *
 * @param rest those that are not
 * @param trusted those that are
 * @param statement how they came apart, in words; empty if there was nothing to do
 */
record SetAside(Examples rest, Examples trusted, String statement) {

  static SetAside nothing(DataSet set) {
    return new SetAside(set.train(), set.train().subset(new int[0]), "");
  }

  /** Draws so much of each class. */
  static SetAside drawn(DataSet set, double part, long seed) {
    var train = set.train();
    var split = Split.of(labels(train), new Split.Draw.Own(), new Split.Draw.Seeded(part, seed));
    return new SetAside(
        train.subset(split.train()),
        train.subset(split.validation()),
        "%,d training examples are set aside as trusted".formatted(split.validation().length));
  }

  /** Takes those of files, and leaves out training examples that have the same input. */
  static SetAside read(DataSet set, Examples trusted, String text) {
    var train = set.train();
    var contents =
        IntStream.range(0, trusted.size())
            .mapToObj(trusted::contents)
            .collect(Collectors.toUnmodifiableSet());
    int[] rest =
        IntStream.range(0, train.size())
            .parallel()
            .filter(index -> !contents.contains(train.contents(index)))
            .toArray();
    var statement = "%,d trusted examples from %s".formatted(trusted.size(), text);
    return new SetAside(train.subset(rest), trusted, statement + overlap(train, rest));
  }

  private static String overlap(Examples train, int[] rest) {
    if (rest.length == train.size()) {
      return "";
    }
    int first =
        IntStream.range(0, train.size())
            .filter(index -> index == rest.length || rest[index] != index)
            .findFirst()
            .orElseThrow();
    return "; %,d training examples are left out, because they are among them: '%s' is the first"
        .formatted(train.size() - rest.length, train.identity(first));
  }

  private static int[] labels(Examples examples) {
    var label = new float[1];
    return IntStream.range(0, examples.size())
        .map(
            index -> {
              examples.target(index, label, 0);
              return (int) label[0];
            })
        .toArray();
  }
}
