package dev.gradus.djl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How far a run is, between two steps.
 *
 * @param step batches used up, skipped ones included
 * @param epoch the present epoch, from 0
 * @param batch the cursor: batches of this epoch that are used up
 * @param skipped steps that were left out because something was not finite
 * @param lossSum the loss of this epoch, summed over its examples
 * @param examples how many examples that were
 * @param bestEpoch the epoch with the best validation figure, -1 before the first
 * @param best the validation metrics of that epoch
 * @param standstill for how long the validation figure has not improved
 */
record Progress(
    long step,
    long epoch,
    int batch,
    long skipped,
    double lossSum,
    long examples,
    long bestEpoch,
    SequencedMap<String, Double> best,
    Standstill standstill) {

  static final Progress START =
      new Progress(0, 0, 0, 0, 0, 0, -1, new LinkedHashMap<>(), Standstill.NONE);

  Progress afterStep(double meanLoss, int size) {
    return new Progress(
        step + 1,
        epoch,
        batch + 1,
        skipped,
        lossSum + meanLoss * size,
        examples + size,
        bestEpoch,
        best,
        standstill);
  }

  Progress afterSkip() {
    return new Progress(
        step + 1, epoch, batch + 1, skipped + 1, lossSum, examples, bestEpoch, best, standstill);
  }

  Progress afterEpoch() {
    return new Progress(step, epoch + 1, 0, skipped, 0, 0, bestEpoch, best, standstill);
  }

  Progress withBest(SequencedMap<String, Double> metrics) {
    return new Progress(step, epoch, batch, skipped, lossSum, examples, epoch, metrics, standstill);
  }

  Progress withStandstill(Standstill now) {
    return new Progress(step, epoch, batch, skipped, lossSum, examples, bestEpoch, best, now);
  }

  /** How many steps were made, without those left out. */
  long accepted() {
    return step - skipped;
  }

  double trainLoss() {
    return lossSum / examples;
  }

  SequencedMap<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    texts.put("step", Long.toString(step));
    texts.put("epoch", Long.toString(epoch));
    texts.put("batch", Integer.toString(batch));
    texts.put("skipped", Long.toString(skipped));
    texts.put("lossSum", Double.toString(lossSum));
    texts.put("examples", Long.toString(examples));
    texts.put("bestEpoch", Long.toString(bestEpoch));
    standstill.addTo(texts);
    best.forEach((name, value) -> texts.put("best." + name, Double.toString(value)));
    return texts;
  }

  static Progress of(Map<String, String> texts) {
    return new Progress(
        number(texts, "step"),
        number(texts, "epoch"),
        (int) number(texts, "batch"),
        number(texts, "skipped"),
        Double.parseDouble(texts.getOrDefault("lossSum", "")),
        number(texts, "examples"),
        number(texts, "bestEpoch"),
        Texts.numbers(Texts.below(texts, "best.")),
        Standstill.of(texts));
  }

  private static long number(Map<String, String> texts, String key) {
    return Long.parseLong(texts.getOrDefault(key, ""));
  }
}
