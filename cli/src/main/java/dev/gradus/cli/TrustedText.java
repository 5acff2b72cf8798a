package dev.gradus.cli;

import picocli.CommandLine.ITypeConverter;

/** A part of the training examples, or the place of others. */
final class TrustedText implements ITypeConverter<String> {
  private static final String NUMBER = "[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?";

  static boolean isPart(String text) {
    return text.matches(NUMBER);
  }

  /** Writes one part in one way. */
  @Override
  public String convert(String text) {
    return isPart(text) ? new Numbers.Fraction().convert(text).toString() : text;
  }
}
