package dev.gradus.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers within limits; a refusal completes the sentence "Option --epochs …, not 'x'". */
final class Numbers {
  private Numbers() {}

  /** How many of something there are: at least 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return count(text, 1);
    }
  }

  /** How many of something there are, if any. */
  static final class CountOrZero implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return count(text, 0);
    }
  }

  private static int count(String text, int least) {
    double number = number(text);
    if (number == Math.rint(number) && number >= least && number <= Integer.MAX_VALUE) {
      return (int) number;
    }
    throw new TypeConversionException(
        "takes a whole number from " + least + " to " + Integer.MAX_VALUE);
  }

  /** A number above 0. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double number = number(text);
      if (number > 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
      throw new TypeConversionException("takes a number above 0, such as 0.001");
    }
  }

  /** A number that may be 0. */
  static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double number = number(text);
      if (number >= 0 && number < Double.POSITIVE_INFINITY) {
        return number;
      }
      throw new TypeConversionException("takes a number of 0 or more, such as 0.001");
    }
  }

  /** A part of a whole. */
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double number = number(text);
      if (number >= 0 && number < 1) {
        return number;
      }
      throw new TypeConversionException("takes a part from 0 to below 1, such as 0.1");
    }
  }

  /** A part of a whole or all of it. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double number = number(text);
      if (number > 0 && number <= 1) {
        return number;
      }
      throw new TypeConversionException("takes a part above 0 up to 1, such as 0.1");
    }
  }

  /** Any whole number. */
  static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException refused) {
        throw new TypeConversionException("takes a whole number");
      }
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException refused) {
      return Double.NaN;
    }
  }
}
