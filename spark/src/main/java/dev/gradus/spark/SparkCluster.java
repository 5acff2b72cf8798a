package dev.gradus.spark;

import dev.gradus.UserException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A Spark application for training, from its start to its end. */
public final class SparkCluster implements AutoCloseable {
  private static final String MASTER = "spark.master";
  private static final String JARS = "spark.jars";
  private static final String CLASS_PATH = "spark.executor.extraClassPath";
  private static final String EXECUTOR_ENV = "spark.executorEnv.";

  private final JavaSparkContext spark;

  private SparkCluster(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Whether Spark is on the class path, as it is in a program that {@code spark-submit} has
   * started.
   *
   * @return whether {@link #start} can be called
   */
  public static boolean isAvailable() {
    try {
      Class.forName("org.apache.spark.SparkConf");
      return true;
    } catch (ClassNotFoundException _) {
      return false;
    }
  }

  /**
   * Starts an application with the configuration that {@code spark-submit} has given, completed by
   * {@link ClusterSettings}.
   *
   * @param name the application's name
   * @param master the cluster; null for that of {@code spark-submit}
   * @param environment variables that workers find in their environment
   * @return the application
   * @throws UserException if no cluster is known, or it can't be used for training
   */
  public static SparkCluster start(
      String name, @Nullable String master, Map<String, String> environment) {
    var configuration = new SparkConf().setAppName(name).setIfMissing("spark.log.level", "WARN");
    environment.forEach((key, text) -> configuration.setIfMissing(EXECUTOR_ENV + key, text));
    if (master != null) {
      configuration.setMaster(master);
    }
    if (!configuration.contains(MASTER)) {
      throw new UserException(
          "No cluster is given; add --master URL, or give the command to spark-submit.");
    }
    if (!configuration.contains(JARS)) {
      configuration.setIfMissing(CLASS_PATH, absoluteClassPath());
    }
    try {
      return new SparkCluster(new JavaSparkContext(ClusterSettings.applyTo(configuration)));
    } catch (IllegalArgumentException mistake) {
      throw new UserException(String.valueOf(mistake.getMessage()), mistake);
    }
  }

  /**
   * Executors of a program that {@code spark-submit} has not started find its classes where it
   * does.
   */
  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * A training over its executors.
   *
   * @param description what each worker does
   * @return the training, to be completed
   */
  public SparkTraining training(WorkerTraining description) {
    return new SparkTraining(spark, description);
  }

  /**
   * A table in Parquet files, read by Spark.
   *
   * @param address a file or a folder of files, anything that Hadoop knows and all machines reach
   * @return the table, none of whose rows is read yet
   * @throws UserException if there is nothing, or something else than Parquet
   */
  public ParquetTable parquet(String address) {
    return ParquetTable.open(SparkSession.builder().config(spark.getConf()).getOrCreate(), address);
  }

  @Override
  public void close() {
    spark.close();
  }
}
