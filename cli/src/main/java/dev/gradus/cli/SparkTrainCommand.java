package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import dev.gradus.spark.SparkCluster;
import dev.gradus.spark.SparkTraining;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
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
      "      --out runs/photos"
    })
final class SparkTrainCommand implements Callable<Integer> {
  private static final String DATA_FOLDER = "GRADUS_DATA";

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

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Go on with the run in this folder.")
  private @Nullable Path resume;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A YAML file with options of gradus train as keys; the command line wins.")
  private @Nullable Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what otherwise only the log tells.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    requireSpark();
    var console = Console.of(spec);
    try (var log = RunLog.install(console::note, verbose ? Level.INFO : Level.WARNING)) {
      var run =
          new TrainingInFolder(
              "spark-train",
              settings,
              (files, _, _, listeners, stop) ->
                  train(files, listeners, stop, new Planning(settings, console)),
              console,
              log,
              _ -> {});
      return resume == null
          ? begin(run)
          : run.goOn(StoredSettings.take(spec, resume, config != null || settings.out != null));
    }
  }

  private int begin(TrainingInFolder run) {
    var all = new Settings(spec);
    if (config != null) {
      all.fillFrom(RunFile.read(config));
    }
    if (settings.out != null) {
      RunFolder.requireFree(settings.out);
    }
    return run.begin(all);
  }

  private static void requireSpark() {
    if (!SparkCluster.isAvailable()) {
      throw new UserException(
          "Spark is not on the class path; set SPARK_HOME to Spark's folder, or give the command to"
              + " spark-submit.");
    }
  }

  private TrainingResult train(
      RunFiles files, List<TrainingListener> listeners, BooleanSupplier stop, Planning planning) {
    var worker = new SparkWorker(new Settings(spec).print());
    try (var cluster = SparkCluster.start("gradus " + files.folder(), master, environment())) {
      var training =
          cluster
              .training(worker)
              .workers(settings.workers.count())
              .compressor(settings.workers.compressor())
              .deadline(Duration.ofSeconds(deadline))
              .retries(retries)
              .checkpoints(settings.loop.shared(address(files), resume != null))
              .stopWhen(stop);
      listeners.forEach(training::listener);
      if (planning.isDue(files)) {
        training.prepare(
            new SparkRehearsal(worker.settings()), found -> planning.take(files, found));
      }
      return training.run();
    }
  }

  /** What decides at the workers, too, where data are found. */
  private static Map<String, String> environment() {
    return System.getenv().containsKey(DATA_FOLDER)
        ? Map.of(DATA_FOLDER, System.getenv(DATA_FOLDER))
        : Map.of();
  }

  private String address(RunFiles files) {
    return checkpoints == null ? files.checkpoints().toUri().toString() : checkpoints;
  }
}
