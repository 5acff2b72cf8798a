package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Network;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.data.DataSet;
import dev.gradus.spark.SparkCluster;
import dev.gradus.spark.SparkTraining;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus spark-train}. */
@Command(
    name = "spark-train",
    sortOptions = false,
    customSynopsis = "gradus spark-train --workers N [OPTION]...%n",
    description = {
      "Trains a network over the executors of a Spark cluster.",
      "",
      "Every worker has all of the network, reads the data by itself, computes its part of every"
          + " batch and makes the same steps as all others. The run's folder is like that of gradus"
          + " train. A worker that is lost or silent is replaced, and all go on from the last"
          + " checkpoint, to the same weights as without the loss.",
      "",
      "Give it to spark-submit, or set SPARK_HOME."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus spark-train --master 'local-cluster[2,1,2048]' --workers 2",
      "  spark-submit gradus-spark.jar spark-train --workers 8 --compress adacomp \\",
      "      --data images:/data/photos --checkpoints hdfs:///runs/photos \\",
      "      --out runs/photos",
      "  spark-submit gradus-spark.jar spark-train --workers 8 \\",
      "      --data parquet:hdfs:///data/people --label ill --ignore name"
    })
final class SparkTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TrainSettings settings = new TrainSettings();

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "The cluster, such as spark://HOST:7077. Default: that of spark-submit.")
  private @Nullable String master;

  @Option(
      names = "--checkpoints",
      paramLabel = "ADDRESS",
      description =
          "Where all workers keep checkpoints: an address that Hadoop knows, such as"
              + " hdfs:///runs/photos. Default: the run's folder, which all machines must share.")
  private @Nullable String checkpoints;

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      converter = Numbers.Count.class,
      description =
          "A worker that another waits for longer is replaced; more than a step and a validation"
              + " take. Default: ${DEFAULT-VALUE}.")
  private int deadline = (int) SparkTraining.DEFAULT_DEADLINE.toSeconds();

  @Option(
      names = "--retries",
      paramLabel = "N",
      converter = Numbers.CountOrZero.class,
      description = "How often to go on after losing a worker. Default: ${DEFAULT-VALUE}.")
  private int retries = SparkTraining.DEFAULT_RETRIES;

  @Mixin private final RunStart start = new RunStart();
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    requireSpark();
    try (var application = new SparkApplication(master)) {
      return start.run(
          spec, settings, console -> new OnCluster(application, new Planning(settings, console)));
    }
  }

  private static void requireSpark() {
    if (!SparkCluster.isAvailable()) {
      throw new UserException(
          "Spark is not on the class path; set SPARK_HOME to Spark's folder, or give the command to"
              + " spark-submit.");
    }
  }

  /** Lets the executors train. */
  private final class OnCluster implements Trainer {
    private final SparkApplication application;
    private final Planning planning;

    OnCluster(SparkApplication application, Planning planning) {
      this.application = application;
      this.planning = planning;
    }

    @Override
    public DataSet open(TrainSettings wanted, LoadListener listener) {
      return application.open(wanted, listener);
    }

    @Override
    public TrainingResult train(
        RunFiles files,
        DataSet data,
        Network network,
        List<TrainingListener> listeners,
        BooleanSupplier stop) {
      var cluster = application.cluster(files.folder().toString());
      var told = application.settings(new Settings(spec).print(), address(files));
      var training =
          cluster
              .training(new SparkWorker(told))
              .workers(settings.workers.count())
              .compressor(settings.workers.compressor())
              .deadline(Duration.ofSeconds(deadline))
              .retries(retries)
              .checkpoints(settings.loop.shared(address(files), start.isResumed()))
              .stopWhen(stop);
      listeners.forEach(training::listener);
      if (planning.isDue(files)) {
        training.prepare(new SparkRehearsal(told), found -> planning.take(files, found));
      }
      return training.run();
    }

    private String address(RunFiles files) {
      return checkpoints == null ? files.checkpoints().toUri().toString() : checkpoints;
    }
  }
}
