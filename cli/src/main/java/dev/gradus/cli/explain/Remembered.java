package dev.gradus.cli.explain;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Level;
import dev.gradus.equation.Shape;
import dev.gradus.equation.State;
import java.util.List;
import java.util.Locale;

/**
 * A state that is kept from step to step.
 *
 * @param state its name
 * @param level what has a number of its own
 * @param numbers how many numbers it holds for the shape
 * @param bytesPerWeight what it takes, divided by the number of weights
 */
public record Remembered(String state, Level level, long numbers, double bytesPerWeight) {
  /**
   * The states of a tensor.
   *
   * @param equations its equations
   * @param shape its shape
   * @return every state, the count of steps included
   */
  public static List<Remembered> of(Equations equations, Shape shape) {
    return equations.states().keySet().stream().map(state -> of(state, shape)).toList();
  }

  private static Remembered of(State state, Shape shape) {
    long numbers = shape.count(state.level());
    int bytes = state.level().isScalar() ? Double.BYTES : Float.BYTES;
    return new Remembered(
        state.name(), state.level(), numbers, (double) numbers * bytes / shape.size());
  }

  /**
   * The state in words.
   *
   * @return such as {@code m per weight}
   */
  public String inWords() {
    String each = level == Level.ELEMENT ? "weight" : level.name().toLowerCase(Locale.ROOT);
    return state + " per " + each;
  }
}
