package dev.gradus.cli;

import dev.gradus.djl.Checkpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When a checkpoint is due.
 *
 * @param text what the user wrote
 * @param steps after so many steps; 0 for no such rule
 * @param time after so much time
 */
record Rhythm(String text, long steps, Duration time) {
  static final Rhythm USUAL = usual();

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})([smh]?)");
  private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3600);

  private static Rhythm usual() {
    var usual = Checkpoints.in(Path.of(""));
    return new Rhythm(usual.time().toSeconds() + "s", usual.steps(), usual.time());
  }

  /** Checkpoints in a folder, from the newest of which training goes on. */
  Checkpoints in(Path folder) {
    return Checkpoints.in(folder).everySteps(steps).every(time).resuming();
  }

  @Override
  public String toString() {
    return text;
  }

  /** Reads a number of steps, or of seconds, minutes or hours. */
  static final class Converter implements ITypeConverter<Rhythm> {
    @Override
    public Rhythm convert(String text) {
      var form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "takes a number of steps or a time such as 500, 30s, 10m");
      }
      long number = Long.parseLong(form.group(1));
      var unit = SECONDS.get(form.group(2));
      return unit == null
          ? new Rhythm(text, number, USUAL.time())
          : new Rhythm(text, 0, Duration.ofSeconds(number * unit));
    }
  }
}
