package dev.gradus.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option whose value is one of a few words: an enum's constants in lower case, with dashes. */
abstract class OneOf implements ITypeConverter<String>, Iterable<String> {
  private final List<String> words;

  OneOf(Enum<?>[] constants) {
    words = Arrays.stream(constants).map(OneOf::word).toList();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of a word that was accepted. */
  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  @Override
  public String convert(String text) {
    if (!words.contains(text)) {
      throw new TypeConversionException("is one of " + String.join(", ", words));
    }
    return text;
  }

  @Override
  public Iterator<String> iterator() {
    return words.iterator();
  }
}
