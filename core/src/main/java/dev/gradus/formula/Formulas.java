package dev.gradus.formula;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Level;
import java.util.List;

/** The equations of a tensor as lines, each after those whose names it uses. */
public final class Formulas {
  /**
   * A line.
   *
   * @param level how many numbers the name stands for
   * @param name what is defined
   * @param body its definition
   */
  public record Line(Level level, String name, String body) {}

  private final Definitions definitions;

  private Formulas(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * Cuts equations into lines.
   *
   * @param equations the equations of a tensor
   * @return their formulas
   */
  public static Formulas of(Equations equations) {
    return new Formulas(Definitions.of(equations));
  }

  /**
   * The lines in a notation.
   *
   * @param notation how to write
   * @return the lines in order
   */
  public List<Line> in(Notation notation) {
    var writer = new Writer(notation, definitions.names());
    return definitions.lines().stream()
        .map(
            line ->
                new Line(
                    line.value().level(),
                    notation.name(line.name()).text(),
                    (line.alias() ? writer.write(line.value()) : writer.writeOut(line.value()))
                        .text()))
        .toList();
  }
}
