package dev.gradus.cli.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gradus.Rules;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Level;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import dev.gradus.equation.Stage;
import dev.gradus.formula.Formulas;
import dev.gradus.formula.Notation;
import dev.gradus.text.Documentation;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pipeline is and what it costs, for a tensor of some shape.
 *
 * @param pipeline the pipeline as text
 * @param expansions the stages that are pipelines themselves, as their documentation writes them
 * @param shape the tensor's shape
 * @param equations its formulas in plain text
 * @param latex the same in LaTeX
 * @param costs what a step moves, the most frequent cost first
 * @param states what is remembered
 * @param doubts what is probably not meant
 */
public record Explanation(
    String pipeline,
    List<String> expansions,
    List<Long> shape,
    List<Formulas.Line> equations,
    List<Formulas.Line> latex,
    List<Cost> costs,
    List<Remembered> states,
    List<String> doubts) {
  /** Weight and gradient. */
  private static final int HOST_FLOATS = 2;

  /**
   * Explains a pipeline.
   *
   * @param pipeline the pipeline
   * @param shape the shape of a tensor
   * @return the explanation
   */
  public static Explanation of(Pipeline pipeline, Shape shape) {
    var equations = Equations.of(pipeline, shape);
    var formulas = Formulas.of(equations);
    return new Explanation(
        pipeline.toString(),
        pipeline.stages().stream().flatMap(Explanation::expansion).distinct().toList(),
        shape.dimensions(),
        formulas.in(Notation.plain()),
        formulas.in(Notation.latex()),
        Cost.of(equations, shape),
        Remembered.of(equations, shape),
        Rules.doubts(pipeline));
  }

  /** The definition that begins with the stage's name, and the lines that go on with it. */
  private static Stream<String> expansion(Stage stage) {
    String definition =
        RecordType.of(stage.rule().getClass()).documentation().blocks().stream()
            .filter(Documentation.Block::verbatim)
            .map(block -> block.text().replaceAll("\\R\\s*\\|", " |"))
            .flatMap(String::lines)
            .filter(line -> line.startsWith(stage.name() + " = "))
            .collect(Collectors.joining());
    return definition.isEmpty() ? Stream.of() : Stream.of(definition.replaceAll("\\s+", " "));
  }

  /**
   * The floats that a step moves per weight, on average.
   *
   * @return floats read and written
   */
  public double meanFloatsMoved() {
    return costs.stream().mapToDouble(cost -> cost.share() * cost.floatsMoved()).sum();
  }

  /**
   * The bytes remembered per weight.
   *
   * @return the states' bytes divided by the number of weights
   */
  @JsonProperty
  public double bytesRemembered() {
    return states.stream().mapToDouble(Remembered::bytesPerWeight).sum();
  }

  /**
   * The floats per weight that lie in memory.
   *
   * @return weight, gradient and states
   */
  public int floatsKept() {
    return HOST_FLOATS
        + (int) states.stream().filter(state -> state.level() == Level.ELEMENT).count();
  }
}
