package dev.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists a command's options, those that a run file can hold below headings. */
final class OptionSections implements IHelpSectionRenderer {
  private static final List<Section> SECTIONS =
      List.of(
          Section.of("Data", new DataArguments()),
          Section.of(
              "Model and optimizer",
              new ModelArguments(),
              new StartArguments(),
              new RateArguments()),
          Section.of("Training", new LoopArguments(), new StepArguments()),
          Section.of("How gradients are made", new MethodArguments()),
          Section.of("Workers", new WorkerArguments()),
          Section.of("Labels that may be wrong", new InstanceArguments()),
          Section.of("What to be good at", new TargetArguments()));

  private record Section(String heading, Set<String> names) {
    static Section of(String heading, Object... arguments) {
      return new Section(
          heading,
          Stream.of(arguments)
              .flatMap(a -> CommandSpec.forAnnotatedObject(a).options().stream())
              .map(OptionSections::key)
              .collect(Collectors.toSet()));
    }

    /** The section's options; none for a command that has only one or two of more. */
    List<OptionSpec> of(List<OptionSpec> options) {
      var own = options.stream().filter(option -> names.contains(key(option))).toList();
      return own.size() > 2 || own.size() == names.size() ? own : List.of();
    }
  }

  /** Two commands may mean different things by the same name. */
  private static String key(OptionSpec option) {
    return option.longestName() + " " + option.paramLabel();
  }

  @Override
  public String render(Help help) {
    var rest = new ArrayList<>(help.commandSpec().options());
    var below = new StringBuilder();
    for (var section : SECTIONS) {
      var options = section.of(rest);
      rest.removeAll(options);
      if (!options.isEmpty()) {
        below.append("%n%s%n".formatted(section.heading()));
        below.append(help.optionListExcludingGroups(options));
      }
    }
    return help.optionListExcludingGroups(rest) + below;
  }
}
