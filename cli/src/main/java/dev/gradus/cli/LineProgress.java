package dev.gradus.cli;

import dev.gradus.cli.figure.Figures;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.exchange.Traffic;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Progress without a terminal: a line for each epoch, and one when nothing was said for long. */
final class LineProgress implements Progress {
  private static final long LONGEST_SILENCE = 10_000_000_000L;

  /** What is sent in 16 bits is not worth a word. */
  private static final double HALVES = 2.1;

  private final Console console;
  private final LongSupplier clock;
  private @Nullable Standing standing;
  private long spoken;

  LineProgress(Console console, LongSupplier clock) {
    this.console = console;
    this.clock = clock;
    spoken = clock.getAsLong();
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      standing = Standing.of(started);
    } else if (standing != null) {
      standing = after(standing, event);
    }
  }

  private Standing after(Standing before, TrainingEvent event) {
    return switch (event) {
      case TrainingEvent.StepDone done -> afterStep(before.after(done));
      case TrainingEvent.EpochDone done -> {
        say(epoch(before, done));
        yield before.after(done);
      }
      case TrainingEvent.Exchanged exchanged -> {
        say(sent(exchanged.traffic()));
        yield before;
      }
      default -> before;
    };
  }

  private Standing afterStep(Standing now) {
    if (clock.getAsLong() - spoken >= LONGEST_SILENCE) {
      say(String.join("  ", now.pieces()));
    }
    return now;
  }

  private void say(String line) {
    console.note(line);
    spoken = clock.getAsLong();
  }

  private static String sent(Traffic traffic) {
    var line = new StringJoiner("  ");
    line.add("sent %,d bytes a step".formatted(traffic.bytesPerStep()));
    traffic
        .compressions()
        .forEach(
            (name, times) -> {
              if (times > HALVES) {
                line.add(String.format(Locale.ROOT, "%s 1/%.0f", name, times));
              }
            });
    return line.toString();
  }

  private static String epoch(Standing standing, TrainingEvent.EpochDone done) {
    var line = new StringJoiner("  ");
    line.add("epoch %d/%d".formatted(done.epoch() + 1, standing.epochs()));
    line.add("train loss " + Figures.number(done.trainLoss()));
    if (!done.validation().isEmpty()) {
      line.add("validation " + Figures.line(done.validation()));
    }
    line.add(Figures.time(standing.remaining()) + " left");
    return line.toString();
  }
}
