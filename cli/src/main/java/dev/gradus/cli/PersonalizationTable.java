package dev.gradus.cli;

import dev.gradus.cli.Personalization.Comparison;
import dev.gradus.cli.Personalization.Model;
import dev.gradus.cli.Personalization.Sides;
import dev.gradus.cli.figure.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Target and general figures of some models side by side. */
final class PersonalizationTable {
  private PersonalizationTable() {}

  static String of(Comparison comparison) {
    boolean tested = !comparison.models().getFirst().test().target().isEmpty();
    Function<Model, Sides> part = tested ? Model::test : Model::validation;
    var lines = new ArrayList<String>();
    lines.add(line(tested ? "test" : "validation", "target", "", "general", ""));
    lines.add(line("", "accuracy", "loss", "accuracy", "loss"));
    comparison.models().forEach(model -> lines.add(line(model.model(), part.apply(model))));
    gain(comparison.models(), part).ifPresent(lines::add);
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(String model, Sides sides) {
    return line(
        model,
        figure("accuracy", sides.target()),
        figure("loss", sides.target()),
        figure("accuracy", sides.general()),
        figure("loss", sides.general()));
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%-14s%12s%10s%12s%10s", (Object[]) cells).stripTrailing();
  }

  private static String figure(String metric, Map<String, Double> figures) {
    return figures.containsKey(metric)
        ? Figures.value(metric, figures.getOrDefault(metric, Double.NaN))
        : "";
  }

  /** What personalizing gains beside fine-tuning, in percentage points. */
  private static Optional<String> gain(List<Model> models, Function<Model, Sides> part) {
    if (models.size() < 2) {
      return Optional.empty();
    }
    var tuned = part.apply(models.get(models.size() - 2));
    var personal = part.apply(models.getLast());
    return Optional.of(
        String.format(
            Locale.ROOT,
            "beside fine-tuning %+.2f points on the target, %+.2f in general",
            points(personal.target(), tuned.target()),
            points(personal.general(), tuned.general())));
  }

  private static double points(Map<String, Double> one, Map<String, Double> other) {
    return 100
        * (one.getOrDefault("accuracy", Double.NaN) - other.getOrDefault("accuracy", Double.NaN));
  }
}
