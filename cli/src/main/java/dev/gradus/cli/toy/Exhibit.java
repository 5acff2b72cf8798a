package dev.gradus.cli.toy;

import dev.gradus.Rules;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A rule on every landscape, each way with its best learning rate.
 *
 * @param type the rule
 * @param pipeline in which pipeline it is shown
 * @param alone the pipeline without it; nothing for an optimizer
 * @param ways over {@link Landscape#ALL}
 * @param others the ways of the pipeline without it; empty for an optimizer
 */
public record Exhibit(
    RecordType<? extends Rule> type,
    Pipeline pipeline,
    Optional<Pipeline> alone,
    List<Walk> ways,
    List<Walk> others) {
  /** Those that change gradients, before an optimizer. */
  private static final Set<String> BEFORE =
      Set.of("centralise", "clip-value", "clip-tensor", "clip-norm", "clip-adaptive");

  /** Copies the lists. */
  public Exhibit {
    ways = List.copyOf(ways);
    others = List.copyOf(others);
  }

  /**
   * Rules that belong together.
   *
   * @param heading what they are
   * @param exhibits a rule each
   */
  public record Hall(String heading, List<Exhibit> exhibits) {
    /** Copies the list. */
    public Hall {
      exhibits = List.copyOf(exhibits);
    }
  }

  /**
   * Lets every rule of the catalogue walk.
   *
   * @param begun is told the name of each
   * @return all rules, in the order of the catalogue
   */
  public static List<Hall> all(Consumer<String> begun) {
    var known = new HashMap<Pipeline, List<Walk>>();
    return Rules.SECTIONS.stream()
        .map(section -> new Hall(section.heading(), exhibits(section, begun, known)))
        .toList();
  }

  private static List<Exhibit> exhibits(
      Rules.Section section, Consumer<String> begun, Map<Pipeline, List<Walk>> known) {
    var exhibits = new ArrayList<Exhibit>();
    for (var rule : section.rules()) {
      var type = RecordType.of(rule);
      begun.accept(type.name());
      exhibits.add(of(type, known));
    }
    return exhibits;
  }

  private static Exhibit of(RecordType<? extends Rule> type, Map<Pipeline, List<Walk>> known) {
    var pipeline = pipeline(type.name());
    var alone = partner(type.name()).map(Rules::parse);
    return new Exhibit(
        type,
        pipeline,
        alone,
        walks(pipeline),
        alone.map(other -> known.computeIfAbsent(other, Exhibit::walks)).orElse(List.of()));
  }

  /**
   * The pipelines in which rules are shown.
   *
   * @return one for every rule, in the order of the catalogue
   */
  public static List<String> pipelines() {
    return Rules.CATALOGUE.types().stream().map(type -> text(type.name())).toList();
  }

  private static List<Walk> walks(Pipeline pipeline) {
    return Landscape.ALL.stream().map(landscape -> BestRate.walk(landscape, pipeline)).toList();
  }

  /** Where a rule is shown: alone, or before or behind another. */
  static Pipeline pipeline(String rule) {
    return Rules.parse(text(rule));
  }

  private static String text(String rule) {
    return partner(rule)
        .map(other -> BEFORE.contains(rule) ? rule + " | " + other : other + " | " + rule)
        .orElse(rule);
  }

  private static Optional<String> partner(String rule) {
    if (BEFORE.contains(rule)) {
      return Optional.of("sgd");
    }
    return isOptimizer(rule) || rule.equals("momentum") ? Optional.empty() : Optional.of("adam");
  }

  private static boolean isOptimizer(String rule) {
    return Rules.SECTIONS.getFirst().rules().stream()
        .anyMatch(optimizer -> RecordType.of(optimizer).name().equals(rule));
  }
}
