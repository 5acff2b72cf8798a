package dev.gradus.spark;

import dev.gradus.compress.AdaComp;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A training to which something happens; also as a process of its own, whose driver can be killed.
 */
final class DisturbedRun {
  private static final Duration DEADLINE = Duration.ofSeconds(8);
  private static final int CHECKPOINT_STEPS = 6;

  private DisturbedRun() {}

  /** Arguments: rank and step of the disturbance, its fault and marker, and whether to resume. */
  public static void main(String[] words) {
    var disturbance =
        new Disturbance(
            Integer.parseInt(words[0]),
            Long.parseLong(words[1]),
            Fault.valueOf(words[2]),
            words[3]);
    try (var spark = LocalCluster.start()) {
      run(spark, disturbance, Boolean.parseBoolean(words[4]));
    }
  }

  static void run(JavaSparkContext spark, Disturbance disturbance, boolean resume) {
    var folder = folder(disturbance).toUri().toString();
    new SparkTraining(spark, place -> disturbance.in(place, TinyTraining.undisturbed(place)))
        .compressor(new AdaComp())
        .deadline(DEADLINE)
        .checkpoints(new SharedCheckpoints(folder, CHECKPOINT_STEPS, 3600, 3, resume))
        .run();
  }

  /** Where its checkpoints are. */
  static Path folder(Disturbance disturbance) {
    return disturbance.disk().resolve("run");
  }
}
