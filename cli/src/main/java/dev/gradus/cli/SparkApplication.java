package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.djl.data.DataSet;
import dev.gradus.spark.ExampleFile;
import dev.gradus.spark.SparkCluster;
import dev.gradus.spark.WorkerPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command's Spark application, started when it is needed first, and what Spark reads for it. */
final class SparkApplication implements AutoCloseable {
  private static final String DATA_FOLDER = "GRADUS_DATA";
  private static final String EXAMPLES = "/data/examples.safetensors";

  private final @Nullable String master;
  private final WorkerPlace place = WorkerPlace.alone();
  private @Nullable SparkCluster cluster;
  private @Nullable ExampleFile examples;

  SparkApplication(@Nullable String master) {
    this.master = master;
  }

  /** The cluster, in an application of this name if there is none yet. */
  SparkCluster cluster(String name) {
    if (cluster == null) {
      var started = SparkCluster.start("gradus " + name, master, environment());
      place.closeBehind(started::close);
      cluster = started;
    }
    return cluster;
  }

  /** What decides at the workers, too, where data are found. */
  private static Map<String, String> environment() {
    return System.getenv().containsKey(DATA_FOLDER)
        ? Map.of(DATA_FOLDER, System.getenv(DATA_FOLDER))
        : Map.of();
  }

  /** Reads what is learned from. */
  DataSet open(TrainSettings settings, LoadListener listener) {
    var parquet = new ParquetData(settings.data);
    if (!parquet.isWanted()) {
      return settings.open(listener);
    }
    var present = cluster(settings.data.data);
    examples = new ExampleFile(temporary().toUri().toString());
    return settings.seen(parquet.read(present, examples.address(), place));
  }

  private Path temporary() {
    try {
      var folder = Files.createTempDirectory("gradus-");
      var file = folder.resolve("examples");
      place.closeBehind(
          () -> {
            delete(file);
            delete(folder);
          });
      return file;
    } catch (IOException failure) {
      throw new UserException("Cannot make a temporary folder: " + failure + ".", failure);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What workers are told of a run with checkpoints at an address. */
  SparkSettings settings(String text, String checkpoints) {
    return new SparkSettings(
        text, examples == null ? null : examples.copyTo(checkpoints + EXAMPLES));
  }

  @Override
  public void close() {
    place.close();
  }
}
