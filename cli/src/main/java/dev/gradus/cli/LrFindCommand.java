package dev.gradus.cli;

import dev.gradus.Group;
import dev.gradus.cli.chart.LossChart;
import dev.gradus.cli.chart.PngFile;
import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.LossCurve;
import dev.gradus.djl.RangeTest;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.data.DataSet;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus lr-find}. */
@Command(
    name = "lr-find",
    sortOptions = false,
    customSynopsis = "gradus lr-find [OPTION]...%n",
    description = {
      "Suggests a learning rate by a range test.",
      "",
      "Trains for some hundred steps while the rate grows, draws the loss over the rate, and prints"
          + " the rate half-way, on a logarithmic scale, between the steepest fall of the smoothed"
          + " loss and its lowest point. Reads training examples only and keeps no weights."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus lr-find",
      "  gradus lr-find --data fashion-mnist --optimizer sgdp --out sgdp.png",
      "  gradus train --lr $(gradus lr-find)"
    })
final class LrFindCommand implements Callable<Integer> {
  private static final double BELOW_USUAL = 1e-4;
  private static final double ABOVE_USUAL = 1e3;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final DataArguments data = new DataArguments();
  @Mixin private final ModelArguments model = new ModelArguments();
  @Mixin private final StepArguments step = new StepArguments();

  @Option(
      names = "--from",
      paramLabel = "RATE",
      converter = Numbers.Positive.class,
      description = "The lowest rate. Default: 1e-4 of what is usual for the optimizer.")
  private @Nullable Double from;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      converter = Numbers.Positive.class,
      description = "The highest rate. Default: 1000 times what is usual for the optimizer.")
  private @Nullable Double to;

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "In how many steps the rate grows. Default: ${DEFAULT-VALUE}.")
  private int steps = 300;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The picture, a .png; replaced if it exists. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("lr-find.png");

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING)) {
      var picture = PngFile.at(out);
      var set = data.open(new Loading(console));
      model.complete(set);
      step.complete(set);
      model.requireFit(set);
      tell(test(set, console), picture, console);
    }
    return Gradus.OK;
  }

  private LossCurve test(DataSet set, Console console) {
    double usual = Usual.learningRate(model.pipeline(), set);
    var test =
        new RangeTest(
            from == null ? usual * BELOW_USUAL : from,
            to == null ? usual * ABOVE_USUAL : to,
            steps);
    var part = RangeTest.trainingPart(set);
    try (var network = model.model(set).network(set.train().inputShape(), set.task())) {
      var training =
          step.applyTo(Training.of(network, part))
              .augmentation(model.augmentation())
              .measureEvery(0);
      return test.run(training, Group.all(model.pipeline(), usual), event -> show(event, console));
    }
  }

  private void show(TrainingEvent event, Console console) {
    if (event instanceof TrainingEvent.StepDone step) {
      console.passing(
          "step %d of %d  rate %s  loss %s"
              .formatted(
                  step.step() + 1,
                  steps,
                  Figures.number(step.learningRate()),
                  Figures.number(step.loss())));
    }
  }

  private void tell(LossCurve curve, PngFile picture, Console console) {
    if (!curve.points().isEmpty()) {
      picture.draw(LossChart.of(model.toString(), curve));
      console.note("The picture is " + picture);
    }
    double suggested = curve.suggested();
    if (curve.stillFalling()) {
      console.note("The loss still falls at the highest rate; try more with --to.");
    }
    console.note(
        "The smoothed loss falls fastest at %s and is lowest at %s; suggested is half-way between."
            .formatted(rate(curve.steepest().rate()), rate(curve.lowest().rate())));
    console.result(rate(suggested));
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.2g", rate);
  }
}
