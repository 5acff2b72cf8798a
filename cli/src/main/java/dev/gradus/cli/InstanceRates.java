package dev.gradus.cli;

import dev.gradus.djl.instance.InstanceMethods;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The method {@code rates} with its trusted examples, in short: {@code meta=0.05,every=4}.
 *
 * @param trusted a part or the place of others
 * @param method the method with its options
 */
record InstanceRates(String trusted, String method) {
  private static final String META = "meta=";

  static InstanceRates of(String text) {
    var options =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .collect(Collectors.partitioningBy(option -> option.startsWith(META)));
    var trusted = options.getOrDefault(true, List.of());
    if (trusted.size() != 1 || trusted.getFirst().equals(META)) {
      throw new TypeConversionException(
          "takes meta=PART or meta=FOLDER and options of rates, such as 'meta=0.05,every=4'");
    }
    var others = String.join(", ", options.getOrDefault(false, List.of()));
    var method = others.isEmpty() ? "rates" : "rates(" + others + ")";
    return new InstanceRates(
        new TrustedText().convert(trusted.getFirst().substring(META.length())),
        InstanceMethods.parse(method).toString());
  }

  /** Refuses what cannot be read, and keeps the text. */
  static final class Text implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      of(text);
      return text;
    }
  }
}
