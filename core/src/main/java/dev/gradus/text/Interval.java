package dev.gradus.text;

/** The interval of a {@link Range}. */
record Interval(double low, boolean lowBelongs, double high, boolean highBelongs) {
  static final Interval FINITE = parse("(-∞, ∞)");

  static Interval parse(String text) {
    String[] ends = text.substring(1, text.length() - 1).split(",", 2);
    return new Interval(end(ends[0]), text.startsWith("["), end(ends[1]), text.endsWith("]"));
  }

  private static double end(String text) {
    return Double.parseDouble(text.strip().replace("∞", "Infinity"));
  }

  boolean contains(double value) {
    return (lowBelongs ? value >= low : value > low)
        && (highBelongs ? value <= high : value < high);
  }

  @Override
  public String toString() {
    return (lowBelongs ? "[" : "(")
        + Words.print(low)
        + ", "
        + Words.print(high)
        + (highBelongs ? "]" : ")");
  }
}
