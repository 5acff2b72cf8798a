package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.text.Nearest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in one sentence. */
final class Mistakes {
  private Mistakes() {}

  static String sentence(ParameterException mistake) {
    if (mistake.getCause() instanceof UserException known) {
      return String.valueOf(known.getMessage());
    }
    return switch (mistake) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> missing(missing);
      case OverwrittenOptionException twice ->
          "Option " + name(twice.getOverwritten()) + " is given twice; give it once.";
      default -> other(mistake);
    };
  }

  private static String other(ParameterException mistake) {
    var argument = mistake.getArgSpec();
    if (argument != null && mistake.getCause() instanceof TypeConversionException refused) {
      return "Option %s %s, not '%s'."
          .formatted(name(argument), refused.getMessage(), mistake.getValue());
    }
    return mistake.getMessage() + ".";
  }

  private static String missing(MissingParameterException missing) {
    return missing.getMissing().stream()
        .findFirst()
        .map(argument -> missing(missing.getCommandLine(), argument))
        .orElse(missing.getMessage() + ".");
  }

  private static String missing(CommandLine command, ArgSpec argument) {
    return argument.isOption()
        ? "Option " + name(argument) + " needs a value, " + label(argument) + "."
        : "Command %s needs %s; name at least one."
            .formatted(command.getCommandName(), label(argument));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : label(argument);
  }

  private static String label(ArgSpec argument) {
    return argument.paramLabel();
  }

  private static String unmatched(UnmatchedArgumentException unmatched) {
    var command = unmatched.getCommandLine();
    var text = unmatched.getUnmatched().getFirst();
    if (text.startsWith("-")) {
      return unknownOption(command, text.replaceFirst("=.*", ""));
    }
    return command.getSubcommands().isEmpty()
        ? "Unexpected '%s': %s takes options only, such as --data %s."
            .formatted(text, command.getCommandSpec().qualifiedName(), text)
        : "Unknown command '" + text + "'" + Nearest.hint(text, command.getSubcommands().keySet());
  }

  private static String unknownOption(CommandLine command, String text) {
    return Nearest.of(text, optionNames(command.getCommandSpec()))
        .map(name -> "Unknown option '%s'; did you mean '%s'?".formatted(text, name))
        .orElse(
            "Unknown option '%s'; '%s --help' lists those that exist."
                .formatted(text, command.getCommandSpec().qualifiedName()));
  }

  private static List<String> optionNames(CommandSpec spec) {
    return spec.options().stream().map(OptionSpec::names).flatMap(Stream::of).toList();
  }
}
