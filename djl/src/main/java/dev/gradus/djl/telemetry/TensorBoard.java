package dev.gradus.djl.telemetry;

import dev.gradus.UserException;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a training's curves as TensorBoard reads them, {@code tensorboard --logdir FOLDER}: {@code
 * train/loss}, {@code train/learningRate} and {@code train/examplesPerSecond} of every step, {@code
 * validation/…} of every epoch, and for measured steps {@code gradientNorm/PARAMETER} and the like.
 *
 * <p>Each start of a run begins a file. That of a resumed run voids what was told of later steps.
 * Other threads see what was written by the end of the latest epoch, or a second ago.
 */
public final class TensorBoard implements TrainingListener, AutoCloseable {
  private static final double PATIENCE = 1;
  private static final double NANOS = 1e9;

  private final Path folder;
  private final Clock clock;
  private @Nullable EventFile file;
  private double flushed;

  /**
   * Writes into a folder, when the run begins.
   *
   * @param folder created if it does not exist
   */
  public TensorBoard(Path folder) {
    this(folder, Clock.systemUTC());
  }

  TensorBoard(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UserException if the file cannot be written
   */
  @Override
  public void on(TrainingEvent event) {
    try {
      write(event);
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }

  private void write(TrainingEvent event) throws IOException {
    switch (event) {
      case TrainingEvent.Started started -> begin(started.step());
      case TrainingEvent.StepDone done -> add(done.step() + 1, scalars(done));
      case TrainingEvent.EpochDone done -> {
        add(done.step(), scalars(done));
        flush();
      }
      case TrainingEvent.Ended _ -> close();
      case TrainingEvent.StepSkipped _,
          TrainingEvent.InstancesLearned _,
          TrainingEvent.Noticed _,
          TrainingEvent.Exchanged _,
          TrainingEvent.CheckpointWritten _ -> {}
    }
  }

  private void begin(long step) throws IOException {
    close();
    Files.createDirectories(folder);
    file = open();
    if (step > 0) {
      file.restart(seconds(), step + 1);
    }
    flush();
  }

  /** TensorBoard reads the files of a folder in the order of their names. */
  private EventFile open() throws IOException {
    var start = String.format(Locale.ROOT, "events.out.tfevents.%010d.", (long) seconds());
    var free =
        IntStream.iterate(0, number -> number + 1)
            .mapToObj(number -> folder.resolve(start + number + ".gradus"))
            .filter(name -> !Files.exists(name))
            .findFirst()
            .orElseThrow();
    return new EventFile(Files.newOutputStream(free, StandardOpenOption.CREATE_NEW), seconds());
  }

  private static Map<String, Double> scalars(TrainingEvent.StepDone done) {
    var scalars = new LinkedHashMap<String, Double>();
    scalars.put("train/loss", done.loss());
    scalars.put("train/learningRate", done.learningRate());
    scalars.put("train/examplesPerSecond", done.examplesPerSecond());
    done.measured()
        .forEach(
            (parameter, figures) ->
                figures.forEach((figure, value) -> scalars.put(figure + "/" + parameter, value)));
    return scalars;
  }

  private static Map<String, Double> scalars(TrainingEvent.EpochDone done) {
    var scalars = new LinkedHashMap<String, Double>();
    scalars.put("train/epochLoss", done.trainLoss());
    done.validation().forEach((metric, value) -> scalars.put("validation/" + metric, value));
    return scalars;
  }

  private void add(long step, Map<String, Double> scalars) throws IOException {
    if (file != null) {
      file.add(seconds(), step, scalars);
      if (seconds() - flushed > PATIENCE) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    if (file != null) {
      file.flush();
      flushed = seconds();
    }
  }

  private double seconds() {
    Instant now = clock.instant();
    return now.getEpochSecond() + now.getNano() / NANOS;
  }

  private UserException cannotWrite(IOException failure) {
    return new UserException(
        "TensorBoard's events cannot be written to '%s': %s; choose another folder or leave them out."
            .formatted(folder, failure.getMessage()),
        failure);
  }

  /** Ends the file. */
  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
        file = null;
      }
    } catch (IOException failure) {
      throw cannotWrite(failure);
    }
  }
}
