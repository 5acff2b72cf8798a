package dev.gradus.cli;

import dev.gradus.cli.run.RunFiles;
import dev.gradus.text.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Carries the values of options between the command line and run files. */
final class Settings {
  private static final String FORMAT = "format";
  private static final String OUT = "out";

  private static final List<String> KEYS =
      new CommandLine(new TrainSettings())
          .getCommandSpec().options().stream()
              .map(option -> option.longestName().substring(2))
              .toList();

  private final CommandSpec spec;

  Settings(CommandSpec spec) {
    this.spec = spec;
  }

  /** Gives every option that the command line leaves open the value that the file has for it. */
  void fillFrom(RunFile file) {
    var scratch = new CommandLine(new TrainSettings());
    parse(scratch, file);
    for (var entry : set(file)) {
      var option = spec.findOption(name(entry.key()));
      if (!given(option)) {
        option.setValue(value(scratch, entry));
      }
    }
  }

  /** Gives a command without a command line what a file says. */
  static void parse(CommandLine command, RunFile file) {
    file.entries().forEach(entry -> requireKnown(file, entry));
    var entries = set(file);
    try {
      command.parseArgs(words(entries));
    } catch (ParameterException mistake) {
      entries.forEach(entry -> convert(file, entry));
      throw new IllegalStateException(mistake);
    }
  }

  private static List<RunFile.Entry> set(RunFile file) {
    return file.entries().stream()
        .filter(entry -> !entry.key().equals(FORMAT) && !entry.values().isEmpty())
        .toList();
  }

  private static String[] words(List<RunFile.Entry> entries) {
    return entries.stream()
        .flatMap(entry -> entry.values().stream().map(value -> name(entry.key()) + "=" + value))
        .toArray(String[]::new);
  }

  private static Object convert(RunFile file, RunFile.Entry entry) {
    var scratch = new CommandLine(new TrainSettings());
    try {
      scratch.parseArgs(words(List.of(entry)));
    } catch (ParameterException mistake) {
      throw YamlFile.mistake(file.path(), entry.line(), Mistakes.sentence(mistake));
    }
    return value(scratch, entry);
  }

  private static Object value(CommandLine command, RunFile.Entry entry) {
    return command.getCommandSpec().findOption(name(entry.key())).getValue();
  }

  private static void requireKnown(RunFile file, RunFile.Entry entry) {
    if (entry.key().equals(FORMAT)) {
      RunFiles.requireFormat(file.path(), String.join(",", entry.values()));
    } else if (!entry.values().isEmpty() && !KEYS.contains(entry.key())) {
      throw YamlFile.mistake(
          file.path(),
          entry.line(),
          "Unknown key '" + entry.key() + "'" + Nearest.hint(entry.key(), KEYS));
    }
  }

  /** A run file with every setting that has a value, in the order of the help page. */
  String print() {
    var all = new LinkedHashMap<String, Object>();
    all.put(FORMAT, RunFiles.FORMAT);
    all.putAll(values());
    return RunFile.print(all);
  }

  /** Every setting that has a value, in the order of the help page. */
  SequencedMap<String, Object> values() {
    return values(_ -> true);
  }

  /** Those that differ from what they are for every data set unless they are chosen. */
  SequencedMap<String, Object> changed() {
    return values(option -> !Objects.equals(option.getValue(), option.initialValue()));
  }

  private SequencedMap<String, Object> values(Predicate<OptionSpec> wanted) {
    var values = new LinkedHashMap<String, Object>();
    for (var key : KEYS) {
      var option = spec.findOption(name(key));
      Object value = option.getValue();
      if (value != null && !key.equals(OUT) && wanted.test(option)) {
        values.put(key, plain(value));
      }
    }
    return values;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Enum<?> constant -> OneOf.word(constant);
      case Rhythm rhythm -> rhythm.toString();
      default -> value;
    };
  }

  /** The settings of the command line that differ from those of a file, as {@code --lr 0.1}. */
  List<String> differences(RunFile file) {
    var differences = new ArrayList<String>();
    for (var entry : file.entries()) {
      var option = spec.findOption(name(entry.key()));
      if (option != null && given(option) && !option.getValue().equals(convert(file, entry))) {
        differences.add(name(entry.key()) + " " + String.join(",", entry.values()));
      }
    }
    return differences;
  }

  private boolean given(OptionSpec option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  static List<String> keys() {
    return KEYS;
  }

  private static String name(String key) {
    return "--" + key;
  }
}
