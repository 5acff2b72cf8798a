package dev.gradus.cli;

import dev.gradus.Group;
import dev.gradus.cli.run.RunLog;
import dev.gradus.cli.scaling.Rehearsal;
import dev.gradus.cli.scaling.Rehearsed;
import dev.gradus.compress.Compressors;
import dev.gradus.djl.RangeTest;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.RecordType;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is rehearsed. */
final class RehearsalArguments {
  private static final Duration WITHOUT_END = Duration.ofDays(1);

  @Mixin private final DataArguments data = new DataArguments();
  @Mixin private final ModelArguments model = new ModelArguments();
  @Mixin private final StepArguments step = new StepArguments();

  @Option(
      names = "--steps",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description =
          "How many steps are measured. Rates settle in some hundred. Default: ${DEFAULT-VALUE}.")
  private int steps = 20;

  @Option(
      names = "--spread",
      paramLabel = "PART",
      converter = Numbers.NotNegative.class,
      description =
          "How much the time of a step varies between workers and steps, such as 0.05. Default: as"
              + " measured here.")
  private @Nullable Double spread;

  /** What was rehearsed, in a few words, and what was measured. */
  record Outcome(String subject, int batch, int share, Rehearsed rehearsed) {}

  /**
   * Rehearses.
   *
   * @param share what a worker computes of a batch of so many examples
   * @param compressors the schemes as text
   */
  Outcome rehearse(IntUnaryOperator share, List<String> compressors, Console console) {
    try (var _ = RunLog.install(console::note, Level.WARNING)) {
      var set = data.open(new Loading(console));
      model.complete(set);
      step.complete(set);
      model.requireFit(set);
      int part = share.applyAsInt(step.batch());
      console.passing("rehearsing " + steps + " steps");
      var subject = "%s on %s".formatted(model.model(set), set.name());
      var measured = rehearsed(RangeTest.trainingPart(set), part, compressors);
      return new Outcome(
          subject, step.batch(), part, spread == null ? measured : measured.withSpread(spread));
    }
  }

  private Rehearsed rehearsed(DataSet part, int batch, List<String> compressors) {
    try (var network = model.model(part).network(part.train().inputShape(), part.task())) {
      var training =
          step.applyTo(Training.of(network, part))
              .batch(batch)
              .group(Group.all(model.pipeline(), Usual.learningRate(model.pipeline(), part)))
              .augmentation(model.augmentation())
              .measureEvery(0);
      return Rehearsal.of(
          training,
          network,
          compressors.stream().map(Compressors::parse).toList(),
          new Rehearsal.Length(steps, Duration.ZERO, WITHOUT_END));
    }
  }

  /** Text that names a compressor; completion offers each. */
  static final class CompressorText implements ITypeConverter<String>, Iterable<String> {
    @Override
    public String convert(String text) {
      return Compressors.parse(text).toString();
    }

    @Override
    public Iterator<String> iterator() {
      return Compressors.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
    }
  }
}
