package dev.gradus.formula;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Level;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that nothing else has: x, y, z for values per weight, r per row, a, b, c for scalars. */
final class Letters {
  private static final Set<String> RESERVED = Set.of("w", "g", "u", "t", "T", "n", "N", "s");

  private final Set<String> taken = new HashSet<>(RESERVED);
  private final Map<Level, Integer> used = new EnumMap<>(Level.class);

  Letters(Equations equations) {
    equations.states().keySet().forEach(state -> taken.add(state.name()));
    taken.addAll(equations.measured().keySet());
  }

  String next(Level level) {
    String letters = letters(level);
    Level key = level.isScalar() && level != Level.ROW ? Level.TENSOR : level;
    String name;
    do {
      int index = used.merge(key, 1, Integer::sum) - 1;
      int round = index / letters.length();
      char letter = letters.charAt(index % letters.length());
      name = round == 0 ? String.valueOf(letter) : letter + subscript(round);
    } while (!taken.add(name));
    return name;
  }

  private static String letters(Level level) {
    return switch (level) {
      case ELEMENT -> "xyzpqhk";
      case ROW -> "rρσ";
      case TENSOR, MODEL, STEP -> "abcdefijl";
    };
  }

  private static String subscript(int number) {
    return Integer.toString(number)
        .chars()
        .mapToObj(digit -> Character.toString('₀' + digit - '0'))
        .reduce("", String::concat);
  }
}
