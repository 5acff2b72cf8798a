package dev.gradus.cli;

import dev.gradus.cli.data.ClassWeights;
import dev.gradus.cli.data.DataSets;
import dev.gradus.cli.data.TableColumns;
import dev.gradus.cli.data.TableOptions.Kind;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.spark.ExampleFile;
import dev.gradus.spark.SparkCluster;
import dev.gradus.spark.SparkExamples;
import dev.gradus.spark.WorkerPlace;
import org.jspecify.annotations.Nullable;

/**
 * A table in Parquet, which Spark reads once for all workers.
 *
 * @param arguments which, and how it is read
 */
record ParquetData(DataArguments arguments) {

  /** Whether the data are such a table. */
  boolean isWanted() {
    return arguments.data.startsWith(DataSets.PARQUET);
  }

  /**
   * Reads all rows and writes them to a file.
   *
   * @return the data set that the file holds
   */
  DataSet read(SparkCluster cluster, String address, WorkerPlace place) {
    var chosen = arguments.chosen().table();
    var table = cluster.parquet(arguments.data.substring(DataSets.PARQUET.length()));
    var columns = TableColumns.of(arguments.data, table.columns(), chosen);
    var examples = table.examples(columns.inputs(), columns.label());
    var set = open(learning(examples, chosen.task()).writeTo(address), place);
    if (set.task() instanceof Task.Classification(var classes, _)) {
      TableColumns.requireClasses(arguments.data, columns.label(), classes.size());
    }
    return set;
  }

  private static SparkExamples learning(SparkExamples examples, @Nullable Kind task) {
    return switch (task) {
      case null -> examples;
      case CLASSIFICATION -> examples.classification();
      case REGRESSION -> examples.regression();
    };
  }

  /** Opens the file as the data set that was asked for. */
  DataSet open(ExampleFile file, WorkerPlace place) {
    var chosen = arguments.chosen();
    var split = chosen.split();
    var set = file.open(place, split.test(), split.validation(), split.seed());
    return arguments.part(chosen.balancedClasses() ? ClassWeights.balanced(set) : set);
  }
}
