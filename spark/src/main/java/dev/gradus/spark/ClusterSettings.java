package dev.gradus.spark;

import org.apache.spark.SparkConf;

/** What a Spark application that trains must be configured with before it starts. */
public final class ClusterSettings {
  /**
   * What the JVM of every worker needs besides Spark's own options. Spark gives those to executors
   * by itself.
   */
  public static final String JAVA_OPTIONS =
      "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED";

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String DYNAMIC_ALLOCATION = "spark.dynamicAllocation.enabled";

  private ClusterSettings() {}

  /**
   * Adds what is missing. What the user has set stays.
   *
   * @param configuration the application's configuration, before the application starts
   * @return the configuration given
   * @throws IllegalArgumentException if executors come and go while the application runs
   */
  public static SparkConf applyTo(SparkConf configuration) {
    if (configuration.getBoolean(DYNAMIC_ALLOCATION, false)) {
      throw new IllegalArgumentException(
          "%s is on, but workers must neither come nor go while they train; set it to false."
              .formatted(DYNAMIC_ALLOCATION));
    }
    String options = configuration.get(EXECUTOR_OPTIONS, "");
    if (!options.contains(JAVA_OPTIONS)) {
      configuration.set(EXECUTOR_OPTIONS, (JAVA_OPTIONS + " " + options).strip());
    }
    return configuration
        .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .setIfMissing("spark.barrier.sync.timeout", "300s");
  }
}
