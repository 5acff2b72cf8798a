package dev.gradus.cli;

import dev.gradus.Rules;
import dev.gradus.cli.explain.Explanation;
import dev.gradus.cli.explain.Remembered;
import dev.gradus.equation.Shape;
import dev.gradus.text.Documentation;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The page of a rule or a schedule, for a terminal. */
final class RulePage {
  private static final String RANGE = ", in [\\[(][^\\])]*[\\])]";
  private static final Shape MATRIX = Shape.of(512, 512);

  private final RecordType<?> type;
  private final Documentation documentation;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  RulePage(RecordType<?> type, int width) {
    this.type = type;
    this.documentation = type.documentation();
    this.width = width;
  }

  String text() {
    lines.add(type.name());
    for (Documentation.Block block : documentation.blocks()) {
      lines.add("");
      if (block.verbatim()) {
        block.text().lines().forEach(line -> lines.add("    " + line));
      } else {
        lines.addAll(Wrapped.lines("  ", block.text(), 2, width));
      }
    }
    if (!type.options().isEmpty()) {
      lines.add("");
      lines.add("Options");
      type.options().forEach(this::option);
    }
    if (Rules.CATALOGUE.find(type.name()).isPresent()) {
      states();
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void option(Option option) {
    int longest = type.options().stream().mapToInt(o -> o.name().length()).max().orElse(0);
    String first = "  " + option.name() + " ".repeat(longest - option.name().length() + 2);
    String text =
        "%s; %s; default %s".formatted(description(option), option.values(), option.initialText());
    lines.addAll(Wrapped.lines(first, text, first.length(), width));
  }

  /** Its documentation without the range, which follows. */
  private String description(Option option) {
    return documentation
        .options()
        .getOrDefault(option.name(), option.name())
        .replaceFirst(RANGE, "");
  }

  private void states() {
    var explanation = Explanation.of(Rules.parse(type.name()), MATRIX);
    String states =
        explanation.states().stream().map(Remembered::inWords).collect(Collectors.joining(", "));
    lines.add("");
    lines.add("States at the defaults");
    lines.addAll(Wrapped.lines("  ", states, 2, width));
  }
}
