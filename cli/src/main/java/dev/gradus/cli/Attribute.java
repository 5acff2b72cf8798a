package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Something that examples have or have not, as their class tells.
 *
 * @param name what it is called
 * @param classes the numbers of the classes that have it
 * @param isClass whether it is one class, which the network was taught
 */
record Attribute(String name, Set<Integer> classes, boolean isClass) {

  /** Each class, and what the user has described. */
  static List<Attribute> all(List<String> classes, List<String> descriptions) {
    var all = new ArrayList<Attribute>();
    IntStream.range(0, classes.size())
        .forEach(number -> all.add(new Attribute(classes.get(number), Set.of(number), true)));
    descriptions.forEach(text -> all.add(of(text, classes)));
    return all;
  }

  /** Reads {@code footwear=Sandal,Sneaker}. */
  private static Attribute of(String text, List<String> classes) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new UserException(
          "Option --attribute takes a name and the classes that have it, such as 'footwear=Sandal,Sneaker', not '%s'."
              .formatted(text));
    }
    var numbers = new TreeSet<Integer>();
    for (var name : text.substring(equals + 1).split(",", -1)) {
      numbers.add(number(name.strip(), classes));
    }
    if (numbers.size() == classes.size()) {
      throw new UserException(
          "All classes have '%s', so nothing can tell it; leave some out."
              .formatted(text.substring(0, equals)));
    }
    return new Attribute(text.substring(0, equals).strip(), numbers, false);
  }

  private static int number(String name, List<String> classes) {
    int number = classes.indexOf(name);
    if (number < 0) {
      throw new UserException(
          "The run knows no class '%s'%s".formatted(name, Nearest.hint(name, classes)));
    }
    return number;
  }
}
