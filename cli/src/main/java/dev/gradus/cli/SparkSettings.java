package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.djl.data.DataSet;
import dev.gradus.spark.ExampleFile;
import dev.gradus.spark.WorkerPlace;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told of a run.
 *
 * @param text a run file
 * @param examples what Spark has read for all workers; null if every worker reads by itself
 */
record SparkSettings(String text, @Nullable ExampleFile examples) implements Serializable {

  TrainSettings read() {
    try {
      var file = Files.createTempFile("gradus-", ".yaml");
      try {
        Files.writeString(file, text);
        return FilledSettings.of(file, RunFile.read(file).entries()).train();
      } finally {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UserException("A worker can't write a temporary file: " + failure, failure);
    }
  }

  DataSet open(TrainSettings train, WorkerPlace place) {
    return examples == null
        ? train.open(LoadListener.SILENT)
        : train.seen(new ParquetData(train.data).open(examples, place));
  }
}
