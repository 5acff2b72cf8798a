package dev.gradus.cli;

import dev.gradus.text.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * A YAML file with the options of a command as keys.
 *
 * @param path where it lies
 * @param names the key of what the command takes without a name
 * @param blank makes the command as it is before anything is given
 */
record OptionFile(Path path, String names, Supplier<?> blank) {
  private static final List<String> FOR_PEOPLE = List.of("config", "help");

  /** Gives everything that the command line leaves open the value that the file has for it. */
  void fill(CommandSpec spec) {
    for (var entry : YamlFile.read(path, "file of options", "data: digits").entries()) {
      var argument = argument(spec, entry);
      var value = value(entry);
      if (!isGiven(spec, argument)) {
        argument.setValue(value);
      }
    }
  }

  private static boolean isGiven(CommandSpec spec, ArgSpec argument) {
    var given = spec.commandLine().getParseResult();
    return switch (argument) {
      case OptionSpec option -> given.hasMatchedOption(option);
      case PositionalParamSpec names -> given.matchedPositionals().contains(names);
      default -> false;
    };
  }

  private ArgSpec argument(CommandSpec spec, YamlFile.Entry entry) {
    var known =
        spec.options().stream()
            .map(option -> option.longestName().substring(2))
            .filter(key -> !FOR_PEOPLE.contains(key));
    var keys = Stream.concat(Stream.of(names), known).toList();
    if (!keys.contains(entry.key())) {
      throw YamlFile.mistake(
          path,
          entry.line(),
          "Unknown key '" + entry.key() + "'" + Nearest.hint(entry.key(), keys));
    }
    return entry.key().equals(names)
        ? spec.positionalParameters().getFirst()
        : spec.findOption("--" + entry.key());
  }

  private Object value(YamlFile.Entry entry) {
    var scratch = new CommandLine(blank.get());
    try {
      scratch.parseArgs(words(entry).toArray(String[]::new));
    } catch (ParameterException mistake) {
      throw YamlFile.mistake(path, entry.line(), Mistakes.sentence(mistake));
    }
    return argument(scratch.getCommandSpec(), entry).getValue();
  }

  /** What a person would have typed. */
  private Stream<String> words(YamlFile.Entry entry) {
    if (entry.key().equals(names)) {
      return entry.values().stream();
    }
    var pairs =
        entry.entries().stream().map(pair -> pair.key() + "=" + String.join(",", pair.values()));
    return Stream.concat(entry.values().stream(), pairs)
        .map(value -> "--" + entry.key() + "=" + value);
  }
}
