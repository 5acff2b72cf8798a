package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.Group;
import dev.gradus.djl.data.DataSet;
import dev.gradus.equation.Pipeline;
import dev.gradus.schedule.Schedules;
import dev.gradus.text.RecordType;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The learning rate, and how it changes. */
final class RateArguments {
  @Option(
      names = "--lr",
      paramLabel = "RATE",
      converter = Numbers.Positive.class,
      description = "The learning rate. Default: what is usual for the optimizer.")
  private @Nullable Double learningRate;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      converter = ScheduleText.class,
      completionCandidates = ScheduleNames.class,
      description = {
        "How the rate changes: constant, cosine, linear,",
        "polynomial, exponential, step, one-cycle,",
        "cosine-restarts, 'plateau(patience=3)',",
        "'milestones(1, 3000: 0.1)',",
        "'warmup(steps=500, then=cosine)', each with",
        "options if wanted. Default: ${DEFAULT-VALUE}."
      })
  private String schedule = "cosine";

  /** Decides what depends on data and rules and was not chosen. */
  void complete(Pipeline pipeline, DataSet data) {
    if (learningRate == null) {
      learningRate = Usual.learningRate(pipeline, data);
    }
  }

  /** A group that learns at a share of the rate. */
  Group group(Pipeline pipeline, double share) {
    var whole = group(pipeline);
    return whole.withLearningRate(share * whole.learningRate());
  }

  Group group(Pipeline pipeline) {
    return Group.all(pipeline, requireNonNull(learningRate))
        .withSchedule(Schedules.parse(schedule));
  }

  /** Rate and schedule in a few words. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(learningRate, schedule);
  }

  static final class ScheduleText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return Schedules.parse(text).toString();
    }
  }

  static final class ScheduleNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Schedules.CATALOGUE.types().stream().<String>map(RecordType::name).iterator();
    }
  }
}
