package dev.gradus.formula;

/**
 * A written expression.
 *
 * @param text its characters
 * @param binding how tightly its outermost operator binds, from {@link #CHOICE} to {@link #ATOM}
 */
record Text(String text, int binding) {
  static final int CHOICE = 0;
  static final int COMPARISON = 1;
  static final int SUM = 2;
  static final int PRODUCT = 3;
  static final int POWER = 4;
  static final int ATOM = 5;

  static Text atom(String text) {
    return new Text(text, ATOM);
  }

  boolean bindsLooserThan(int least) {
    return binding < least;
  }
}
