package dev.gradus.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.Answers;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradus predict}. */
@Command(
    name = "predict",
    sortOptions = false,
    customSynopsis = "gradus predict RUN [OPTION]...%n",
    description = {
      "Prints what the network of a run answers to examples, as CSV.",
      "",
      "Each line has the file or line of an example; then the class and the probability of every"
          + " class, or the number. New data need no labels and are read and normalised as the"
          + " training data were."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus predict runs/photos --data images:new-photos/ > answers.csv",
      "  gradus predict runs/wine-mlp-1 --data csv:new-wine.csv",
      "  gradus predict runs/digits-lenet-bn-1 --part test"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final RunArguments arguments = new RunArguments();
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      var trained = arguments.weights.trained(arena, console);
      var examples = arguments.unlabelled(trained, console);
      try (var network = Models.trained(trained)) {
        var task = trained.data().task();
        print(new Answers(network, task, arguments.batch()), examples);
      }
    }
    return Gradus.OK;
  }

  private void print(Answers answers, Examples examples) {
    var out = spec.commandLine().getOut();
    var csv = CsvWriter.builder().bufferSize(0).build(out);
    csv.writeRecord(header(answers.task()));
    answers.to(
        examples,
        answer -> csv.writeRecord(row(examples.identity(answer.index()), answer, answers.task())));
    out.flush();
  }

  private static List<String> header(Task task) {
    var outputs =
        switch (task) {
          case Task.Classification classes ->
              Stream.concat(
                  Stream.of("prediction"),
                  classes.classes().stream().map(name -> "probability of " + name));
          case Task.Regression numbers -> numbers.targets().stream();
          case Task.NextToken _ -> Stream.<String>of();
        };
    return Stream.concat(Stream.of("example"), outputs).toList();
  }

  private static List<String> row(String example, Answers.Answer answer, Task task) {
    var row = new ArrayList<>(List.of(example));
    if (task instanceof Task.Classification classes) {
      row.add(classes.classes().get(answer.mostProbable()));
    }
    answer.values().forEach(value -> row.add(Float.toString(value.floatValue())));
    return row;
  }
}
