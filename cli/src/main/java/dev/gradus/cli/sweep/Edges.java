package dev.gradus.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Tells when the best value of a setting is the largest or smallest that was tried. */
final class Edges {
  private Edges() {}

  static List<String> of(Entrant entrant, Tuning tuning) {
    var remarks = new ArrayList<String>();
    tuning
        .chosen(entrant)
        .ifPresent(
            chosen ->
                chosen
                    .varied()
                    .forEach((key, value) -> of(entrant, key, value).ifPresent(remarks::add)));
    return remarks;
  }

  private static Optional<String> of(Entrant entrant, String key, String chosen) {
    var tried =
        entrant.candidates().stream()
            .map(candidate -> number(candidate.varied().get(key)))
            .flatMapToDouble(OptionalDouble::stream)
            .distinct()
            .sorted()
            .toArray();
    var value = number(chosen);
    if (tried.length < 2 || value.isEmpty()) {
      return Optional.empty();
    }
    if (value.getAsDouble() == tried[0]) {
      return Optional.of(sentence(entrant, key, chosen, "smallest"));
    }
    return value.getAsDouble() == tried[tried.length - 1]
        ? Optional.of(sentence(entrant, key, chosen, "largest"))
        : Optional.empty();
  }

  private static String sentence(Entrant entrant, String key, String chosen, String which) {
    return "%s: the best %s, %s, is the %s tried; a better one may lie beyond."
        .formatted(entrant.name(), key, chosen, which);
  }

  private static OptionalDouble number(@Nullable String text) {
    try {
      return text == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException word) {
      return OptionalDouble.empty();
    }
  }
}
