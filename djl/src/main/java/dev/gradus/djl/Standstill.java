package dev.gradus.djl;

import java.util.Map;

/**
 * For how long a validation figure has not improved.
 *
 * @param figure that of the last improvement; not a number before the first
 * @param epochs how many epochs in a row since then were none
 */
record Standstill(double figure, long epochs) {
  static final Standstill NONE = new Standstill(Double.NaN, 0);

  private static final String FIGURE = "improved.figure";
  private static final String EPOCHS = "improved.epochsSince";

  void addTo(Map<String, String> texts) {
    texts.put(FIGURE, Double.toString(figure));
    texts.put(EPOCHS, Long.toString(epochs));
  }

  /** What was kept; nothing in checkpoints of runs that do not end early. */
  static Standstill of(Map<String, String> texts) {
    return new Standstill(
        Double.parseDouble(texts.getOrDefault(FIGURE, "NaN")),
        Long.parseLong(texts.getOrDefault(EPOCHS, "0")));
  }
}
