package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Task.Classification;
import dev.gradus.text.Nearest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model is to be good at, beside the data that there are.
 *
 * @param whole the data
 * @param train what is trained on: nothing of the target's sample
 * @param sample examples of the target that say what others are worth
 * @param validation examples of the target that choose the best epoch
 * @param test examples of the target that are read once, at the end
 * @param statement what was done, in words
 */
record Target(
    DataSet whole,
    Examples train,
    Examples sample,
    Examples validation,
    Examples test,
    String statement) {

  private static final int FEWEST = 4;
  private static final int LARGEST_USUAL_SAMPLE = 300;
  private static final int USUAL_SHARE_OF_CLASSES = 5;
  private static final int USUAL_SHARE_OF_FILES = 2;

  /**
   * Some classes of the data; the sample is drawn from the training examples.
   *
   * @param size of the sample, about; 0 for the usual
   */
  static Target ofClasses(DataSet set, List<String> names, int size, long seed) {
    var classes = numbers(set, names);
    int[] labels = labels(set.train());
    int[] members = matching(labels, classes);
    int wanted = size == 0 ? usual(members.length, USUAL_SHARE_OF_CLASSES) : size;
    requireRoom(String.join(", ", names), wanted, members.length);
    double part = (double) wanted / members.length;
    var split =
        Split.of(chosen(labels, members), new Split.Draw.Own(), new Split.Draw.Seeded(part, seed));
    int[] drawn = chosen(members, split.validation());
    return new Target(
        set,
        set.train().subset(without(labels.length, drawn)),
        set.train().subset(drawn),
        ofClasses(set.validation(), classes),
        ofClasses(set.test(), classes),
        statement(drawn.length, String.join(", ", names)));
  }

  /**
   * Examples of their own, a part of which is the sample.
   *
   * @param size of the sample, about; 0 for half
   */
  static Target ofExamples(DataSet set, Examples examples, String text, int size, long seed) {
    requireApart(set.train(), examples, text);
    int wanted = size == 0 ? examples.size() / USUAL_SHARE_OF_FILES : size;
    requireRoom(text, wanted, examples.size());
    double tested = (1 - (double) wanted / examples.size()) / 2;
    var split =
        Split.of(
            labels(examples),
            new Split.Draw.Seeded(tested, seed),
            new Split.Draw.Seeded(tested / (1 - tested), seed));
    var sample = examples.subset(split.train());
    return new Target(
        set,
        set.train(),
        sample,
        examples.subset(split.validation()),
        examples.subset(split.test()),
        statement(sample.size(), text));
  }

  private static String statement(int size, String what) {
    return "%,d examples of the target %s are set aside to tell what others are worth; others choose the best epoch, and are the test"
        .formatted(size, what);
  }

  private static int usual(int members, int share) {
    return Math.clamp(members / share, 1, LARGEST_USUAL_SAMPLE);
  }

  private static Set<Integer> numbers(DataSet set, List<String> names) {
    var classes = classes(set);
    var numbers = new HashSet<Integer>();
    for (var name : names) {
      if (!classes.contains(name)) {
        throw new UserException(
            "The data set %s has no class '%s'%s"
                .formatted(set.name(), name, Nearest.hint(name, classes)));
      }
      numbers.add(classes.indexOf(name));
    }
    if (numbers.size() == classes.size()) {
      throw new UserException(
          "A target of all classes is the data set itself; name some of its classes only.");
    }
    return numbers;
  }

  static List<String> classes(DataSet set) {
    if (set.task() instanceof Classification task) {
      return task.classes();
    }
    throw new UserException(
        "Option --target is for data with classes, not for '%s'; leave it out."
            .formatted(set.name()));
  }

  private static void requireRoom(String what, int wanted, int available) {
    if (available < FEWEST) {
      throw new UserException(
          "The target %s has %d examples, too few to learn from some and measure others; give more."
              .formatted(what, available));
    }
    if (wanted >= available) {
      throw new UserException(
          "The target %s has %,d examples, so --target-size is below that, not %,d."
              .formatted(what, available, wanted));
    }
  }

  private static void requireApart(Examples train, Examples examples, String text) {
    var contents =
        IntStream.range(0, train.size()).mapToObj(train::contents).collect(Collectors.toSet());
    int[] both =
        IntStream.range(0, examples.size())
            .filter(index -> contents.contains(examples.contents(index)))
            .toArray();
    if (both.length > 0) {
      throw new UserException(
          "%,d examples of the target '%s' are training examples as well, the first is '%s'; take them out of one of the two."
              .formatted(both.length, text, examples.identity(both[0])));
    }
  }

  private static Examples ofClasses(Examples examples, Collection<Integer> classes) {
    return examples.subset(matching(labels(examples), classes));
  }

  private static int[] matching(int[] labels, Collection<Integer> classes) {
    IntPredicate isWanted = index -> classes.contains(labels[index]);
    return IntStream.range(0, labels.length).filter(isWanted).toArray();
  }

  private static int[] chosen(int[] values, int[] places) {
    return IntStream.of(places).map(place -> values[place]).toArray();
  }

  private static int[] without(int size, int[] drawn) {
    var isDrawn = new boolean[size];
    IntStream.of(drawn).forEach(index -> isDrawn[index] = true);
    return IntStream.range(0, size).filter(index -> !isDrawn[index]).toArray();
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

  /** The data as a run sees them. */
  DataSet data() {
    return new DataSet(
            whole.name(),
            whole.statements(),
            whole.task(),
            whole.columns(),
            whole.normalisation(),
            train,
            validation,
            test)
        .stating(statement);
  }
}
