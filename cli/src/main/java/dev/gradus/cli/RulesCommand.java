package dev.gradus.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.Nearest;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus rules}. */
@Command(
    name = "rules",
    sortOptions = false,
    customSynopsis = "gradus rules [NAME] [OPTION]...%n",
    description = {
      "Lists update rules and schedules, or shows the page of one.",
      "",
      "A page has the equations, the cost, when to use the rule, where implementations disagree,"
          + " and every option with its default and its range."
    },
    footerHeading = "%nExamples%n",
    footer = {"  gradus rules", "  gradus rules adamp", "  gradus rules --json"})
final class RulesCommand implements Callable<Integer> {
  private static final String SCHEDULES = "Schedules of the learning rate";
  private static final int LONGEST_NAME = 36;
  private static final int NAME_WIDTH = 19;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      completionCandidates = CatalogueText.Pipeline.class,
      description = "A rule or a schedule.")
  private @Nullable String name;

  @picocli.CommandLine.Option(
      names = "--json",
      description = "Print names, options, defaults and ranges as JSON.")
  private boolean json;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var sections = name == null ? sections() : sectionOf(name);
    String text = json ? json(sections) : name == null ? list(sections) : page(sections);
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
    return Gradus.OK;
  }

  private static SequencedMap<String, List<? extends RecordType<?>>> sections() {
    var sections = new LinkedHashMap<String, List<? extends RecordType<?>>>();
    Rules.SECTIONS.forEach(
        section ->
            sections.put(section.heading(), section.rules().stream().map(RecordType::of).toList()));
    sections.put(SCHEDULES, Schedules.CATALOGUE.types());
    return sections;
  }

  private static SequencedMap<String, List<? extends RecordType<?>>> sectionOf(String name) {
    var names = new ArrayList<String>();
    for (var section : sections().entrySet()) {
      for (RecordType<?> type : section.getValue()) {
        names.add(type.name());
        if (type.name().equals(name)) {
          var found = new LinkedHashMap<String, List<? extends RecordType<?>>>();
          found.put(section.getKey(), List.of(type));
          return found;
        }
      }
    }
    throw new UserException(
        "Unknown rule or schedule '%s'%s".formatted(name, Nearest.hint(name, names)));
  }

  private static String list(SequencedMap<String, List<? extends RecordType<?>>> sections) {
    var lines = new ArrayList<String>();
    sections.forEach(
        (heading, types) -> {
          lines.add((lines.isEmpty() ? "" : System.lineSeparator()) + heading);
          for (RecordType<?> type : types) {
            String first = ("  %-" + (NAME_WIDTH - 2) + "s").formatted(type.name());
            lines.addAll(Wrapped.lines(first, summary(type), NAME_WIDTH, Wrapped.width()));
          }
        });
    return String.join(System.lineSeparator(), lines);
  }

  /** The first sentence without the record's name in front. */
  private static String summary(RecordType<?> type) {
    String sentence = type.documentation().summary();
    int colon = sentence.indexOf(": ");
    String rest = colon < 0 || colon > LONGEST_NAME ? sentence : sentence.substring(colon + 2);
    return rest.matches("[a-z]+ .*")
        ? rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1)
        : rest;
  }

  private static String page(SequencedMap<String, List<? extends RecordType<?>>> sections) {
    return new RulePage(sections.firstEntry().getValue().getFirst(), Wrapped.width()).text();
  }

  private static String json(SequencedMap<String, List<? extends RecordType<?>>> sections) {
    ObjectNode document = new JsonMapper().createObjectNode();
    var rules = document.putArray("rules");
    sections.forEach(
        (heading, types) -> types.forEach(type -> describe(type, heading, rules.addObject())));
    return document.toPrettyString();
  }

  private static void describe(RecordType<?> type, String heading, ObjectNode node) {
    var documentation = type.documentation();
    node.put("name", type.name()).put("section", heading).put("summary", documentation.summary());
    var options = node.putArray("options");
    for (Option option : type.options()) {
      options
          .addObject()
          .put("name", option.name())
          .put("default", option.initialText())
          .put("values", option.values())
          .put("range", option.range())
          .put("description", documentation.options().getOrDefault(option.name(), ""));
    }
  }
}
