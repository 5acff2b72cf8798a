package dev.gradus.scaling;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a worker is connected by: as much can leave it at once as can arrive.
 *
 * @param bitsPerSecond the bandwidth of each direction, above 0
 * @param latency how long a bit is on its way to another worker, in seconds, 0 or more
 * @param message how long a worker's processor is kept by a message that it sends or receives, in
 *     seconds, 0 or more
 */
public record Link(double bitsPerSecond, double latency, double message) {
  /** What stands before the payload of a message. */
  private static final int HEADER = 48;

  /** Bytes on an Ethernet of 1500 for each byte that TCP carries. */
  private static final double FRAMING = 1514.0 / 1448;

  private static final double USUAL_LATENCY = 1e-4;
  private static final double USUAL_MESSAGE = 2e-5;
  private static final double SHORTEST = 1e-9;
  private static final Pattern QUANTITY = Pattern.compile("([0-9]*\\.?[0-9]+)([a-zµ]*)");
  private static final Map<String, Double> RATES =
      Map.of("bit", 1.0, "kbit", 1e3, "mbit", 1e6, "gbit", 1e9);
  private static final Map<String, Double> TIMES =
      Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "µs", 1e-6);
  private static final Set<String> SETTINGS = Set.of("latency", "message");

  /** Refuses a link that nothing gets through. */
  public Link {
    if (!(bitsPerSecond > 0)) {
      throw new UserException(
          "A link of 0 bits per second carries nothing; give more, such as 100mbit.");
    }
    if (!(latency >= 0 && message >= 0)) {
      throw new IllegalArgumentException("A link can't take less than no time.");
    }
  }

  /**
   * Reads a link.
   *
   * @param text such as {@code 100mbit}, {@code 1gbit,latency=0.5ms} or {@code
   *     10gbit,latency=20us,message=5us}; without them a latency of 0.1 ms and 20 µs for a message
   * @return the link
   * @throws UserException if it is no link
   */
  public static Link parse(String text) {
    var parts = text.toLowerCase(Locale.ROOT).split(",", -1);
    double latency = USUAL_LATENCY;
    double message = USUAL_MESSAGE;
    for (int i = 1; i < parts.length; i++) {
      var setting = parts[i].split("=", 2);
      double seconds = setting.length < 2 ? 0 : quantity(text, setting[1], "time", TIMES, "0.5ms");
      switch (setting[0]) {
        case "latency" -> latency = seconds;
        case "message" -> message = seconds;
        default -> throw unknown(text, setting[0]);
      }
    }
    return new Link(quantity(text, parts[0], "bandwidth", RATES, "100mbit"), latency, message);
  }

  private static UserException unknown(String text, String setting) {
    return new UserException(
        "The link '%s' has no setting '%s'%s"
            .formatted(text, setting, Nearest.hint(setting, SETTINGS)));
  }

  private static double quantity(
      String text, String part, String what, Map<String, Double> units, String example) {
    var form = QUANTITY.matcher(part);
    Double unit = form.matches() ? units.get(form.group(2)) : null;
    if (unit == null) {
      throw new UserException(
          "The link '%s' has the %s '%s'; write a number and its unit, such as %s."
              .formatted(text, what, part, example));
    }
    return Double.parseDouble(form.group(1)) * unit;
  }

  /**
   * A link as a team has found it by gathering everyone's bytes at everyone, processors and waking
   * threads included.
   *
   * @param workers how many took part, at least 2
   * @param few how long that took with almost no bytes, in seconds
   * @param bytes how many bytes of each worker were gathered then, many enough to take longer
   * @param many how long that took, in seconds
   * @return the link
   */
  public static Link measured(int workers, double few, double bytes, double many) {
    int others = workers - 1;
    double longer = Math.max(many - few, SHORTEST);
    return new Link(
        bytes * others * FRAMING * Byte.SIZE / longer,
        Math.max(0, few - 2 * others * USUAL_MESSAGE),
        USUAL_MESSAGE);
  }

  /**
   * The same link with another bandwidth.
   *
   * @param bits per second, above 0
   * @return the link
   */
  public Link withBandwidth(double bits) {
    return new Link(bits, latency, message);
  }

  /** How long a direction is kept by so many bytes in so many messages. */
  double seconds(double bytes, double messages) {
    return (bytes + HEADER * messages) * FRAMING * Byte.SIZE / bitsPerSecond;
  }

  /** In words, such as {@code 100 Mbit/s, latency 0.5 ms}. */
  @Override
  public String toString() {
    return "%s, latency %s ms".formatted(bandwidth(bitsPerSecond), number(latency * 1e3));
  }

  /**
   * A bandwidth in words.
   *
   * @param bits per second
   * @return such as {@code 1.5 Gbit/s}
   */
  public static String bandwidth(double bits) {
    if (bits >= 1e9) {
      return number(bits / 1e9) + " Gbit/s";
    }
    return bits >= 1e6 ? number(bits / 1e6) + " Mbit/s" : number(bits / 1e3) + " kbit/s";
  }

  /** At most three digits, without zeros at the end. */
  private static String number(double value) {
    int whole = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    var text = String.format(Locale.ROOT, "%." + whole + "f", value);
    return whole == 0 ? text : text.replaceFirst("\\.?0+$", "");
  }
}
