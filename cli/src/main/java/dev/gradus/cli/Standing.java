package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.djl.TrainingEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run stands, in pieces of text.
 *
 * @param epoch the present epoch, from 1
 * @param epochs epochs of the whole run
 * @param step steps used up
 * @param steps steps of the whole run
 * @param loss the loss of the last step
 * @param examplesPerSecond the speed of late
 * @param remaining how long the rest takes
 * @param validation the validation metrics of the last whole epoch
 */
record Standing(
    long epoch,
    long epochs,
    long step,
    long steps,
    double loss,
    double examplesPerSecond,
    Duration remaining,
    Map<String, Double> validation) {

  static Standing of(TrainingEvent.Started started) {
    return new Standing(
        1,
        started.epochs(),
        started.step(),
        started.totalSteps(),
        Double.NaN,
        Double.NaN,
        Duration.ZERO,
        Map.of());
  }

  Standing after(TrainingEvent.StepDone done) {
    return new Standing(
        done.epoch() + 1,
        epochs,
        done.step() + 1,
        steps,
        done.loss(),
        done.examplesPerSecond(),
        done.remaining(),
        validation);
  }

  Standing after(TrainingEvent.EpochDone done) {
    return new Standing(
        epoch, epochs, step, steps, loss, examplesPerSecond, remaining, done.validation());
  }

  /** The most important first. */
  List<String> pieces() {
    var pieces = new ArrayList<String>();
    pieces.add("epoch %d/%d".formatted(epoch, epochs));
    pieces.add("%d %%".formatted(100 * step / steps));
    if (!Double.isNaN(loss)) {
      pieces.add("loss " + Figures.number(loss));
      pieces.add(Figures.time(remaining) + " left");
      headline().ifPresent(pieces::add);
      pieces.add(Figures.speed(examplesPerSecond));
    }
    return pieces;
  }

  /** The validation metric that means most to people. */
  private Optional<String> headline() {
    return validation.entrySet().stream()
        .filter(metric -> !metric.getKey().equals("loss"))
        .findFirst()
        .map(metric -> Figures.line(Map.of(metric.getKey(), metric.getValue())));
  }

  /** One line: as many pieces as fit, and a bar if there is room left. */
  String line(int width) {
    var line = new StringBuilder();
    for (var piece : pieces()) {
      if (line.length() + piece.length() + 2 <= width) {
        line.append(line.isEmpty() ? "" : "  ").append(piece);
      }
    }
    line.insert(0, bar(width - line.length() - 2));
    return line + " ".repeat(Math.max(0, width - line.length()));
  }

  private String bar(int width) {
    int length = Math.min(40, width) - 2;
    if (length < 8) {
      return "";
    }
    int done = (int) (length * step / steps);
    return "[" + "=".repeat(done) + " ".repeat(length - done) + "]  ";
  }
}
