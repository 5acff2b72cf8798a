package dev.gradus.spark;

import dev.gradus.compress.AdaComp;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.LocalWorkers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A program that disturbs trainings on a local cluster again and again, in random steps of random
 * workers, and compares what they come to with a training that was not disturbed.
 */
final class Faults {
  private static final List<String> KINDS = List.of("-KILL", "-STOP", Disturbance.SLOW);
  private static final int STEPS = 39;

  private final Map<String, List<Float>> undisturbed;
  private final Random random = new Random(1);
  private final Map<String, Integer> correct = new TreeMap<>();

  private Faults(Map<String, List<Float>> undisturbed) {
    this.undisturbed = undisturbed;
  }

  /**
   * Prints how many endings were correct.
   *
   * @param arguments how many disturbances of each kind
   */
  public static void main(String[] arguments) throws IOException {
    int times = Integer.parseInt(arguments[0]);
    var faults = new Faults(undisturbed());
    try (var spark = LocalCluster.start()) {
      for (int time = 0; time < times; time++) {
        for (String kind : KINDS) {
          faults.disturb(spark, kind);
        }
      }
    }
    IO.println("correct endings of " + times + " each: " + faults.correct);
  }

  private static Map<String, List<Float>> undisturbed() throws IOException {
    var folder = Files.createTempDirectory("undisturbed");
    LocalWorkers.train(
        LocalCluster.WORKERS,
        new AdaComp(),
        _ -> TinyTraining.of(TinyTraining.network()).checkpoints(Checkpoints.in(folder)));
    return LastCheckpoint.of(folder);
  }

  private void disturb(JavaSparkContext spark, String kind) throws IOException {
    var folder = Files.createTempDirectory("faults");
    var marker = folder.resolve("marker").toString();
    var disturbance =
        new Disturbance(random.nextInt(LocalCluster.WORKERS), random.nextInt(STEPS), kind, marker);
    long start = System.nanoTime();
    boolean same = undisturbed.equals(ending(spark, disturbance, folder.resolve("run")));
    correct.merge(kind, same ? 1 : 0, Integer::sum);
    IO.println(
        "%s worker %d in step %d: %s, %s s"
            .formatted(
                kind,
                disturbance.rank(),
                disturbance.step(),
                same ? "the same weights" : "OTHER WEIGHTS",
                Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }

  private static Map<String, List<Float>> ending(
      JavaSparkContext spark, Disturbance disturbance, Path folder) throws IOException {
    new SparkTraining(spark, place -> disturbance.in(place, TinyTraining.undisturbed(place)))
        .compressor(new AdaComp())
        .deadline(Duration.ofSeconds(8))
        .checkpoints(new SharedCheckpoints(folder.toUri().toString(), 6, 3600, 3, false))
        .run();
    return LastCheckpoint.of(folder);
  }
}
