package dev.gradus.spark;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * A Spark cluster of two executors with a JVM each, secured by a secret and AES. It is started for
 * the first test class that needs it and shared by all.
 */
final class LocalCluster implements BeforeAllCallback, BeforeEachCallback {
  static final int WORKERS = 2;

  /** What tests do takes less time than making it fast would. */
  private static final String SOON_READY = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final Duration REPLACEMENT = Duration.ofMinutes(1);

  /** What one worker does; made in the driver, carried out in an executor. */
  @FunctionalInterface
  interface Work extends Function<BarrierTaskContext, String>, Serializable {}

  /** The cluster, and its end. */
  private record Running(JavaSparkContext spark) implements AutoCloseable {
    @Override
    public void close() {
      spark.close();
    }
  }

  static JavaSparkContext start() {
    Processes.endWithThisOne();
    var configuration = Fault.MACHINES == null ? configuration(home()) : OnTwoMachines.cluster();
    return new JavaSparkContext(ClusterSettings.applyTo(configuration));
  }

  /** Where Spark looks for its libraries; executors have those of this JVM instead. */
  private static Path home() {
    try {
      var home = Path.of(System.getenv("SPARK_HOME"));
      Files.createDirectories(home.resolve("jars"));
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SparkConf configuration(Path home) {
    return new SparkConf(false)
        .setMaster("local-cluster[2,1,1024]")
        .setAppName("test")
        .setSparkHome(home.toString())
        .set("spark.executor.extraClassPath", absoluteClassPath())
        .set("spark.executor.extraJavaOptions", SOON_READY)
        .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .set("spark.local.dir", home.resolve("local").toString())
        .set("spark.ui.enabled", "false")
        .set("spark.hadoop.fs.viewfs.mounttable.all.linkMergeSlash", "file:///")
        .set("spark.authenticate", "true")
        .set("spark.authenticate.secret", "open sesame")
        .set("spark.network.crypto.enabled", "true");
  }

  private static String absoluteClassPath() {
    return String.join(
        File.pathSeparator,
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  private @Nullable JavaSparkContext spark;

  @Override
  public void beforeAll(ExtensionContext context) {
    spark =
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .getOrComputeIfAbsent(LocalCluster.class, _ -> new Running(start()), Running.class)
            .spark();
  }

  /** An executor that the last test has lost is replaced first. */
  @Override
  public void beforeEach(ExtensionContext context) {
    long end = System.nanoTime() + REPLACEMENT.toNanos();
    while (SparkTraining.slots(spark()) < WORKERS && System.nanoTime() < end) {
      Processes.sleep(Duration.ofMillis(100));
    }
  }

  JavaSparkContext spark() {
    return Objects.requireNonNull(spark);
  }

  /** Runs a barrier stage of all workers; what they return, by rank. */
  List<String> run(Work work) {
    return run(Objects.requireNonNull(spark), work);
  }

  static List<String> run(JavaSparkContext spark, Work work) {
    var ranks = spark.parallelize(IntStream.range(0, WORKERS).boxed().toList(), WORKERS);
    var results =
        ranks
            .rdd()
            .barrier()
            .mapPartitions(task(work), false, ClassTag$.MODULE$.apply(String.class));
    return List.of((String[]) results.collect());
  }

  private static Function1<Iterator<Integer>, Iterator<String>> task(Work work) {
    return (Function1<Iterator<Integer>, Iterator<String>> & Serializable)
        _ -> CollectionConverters.asScala(List.of(work.apply(BarrierTaskContext.get())).iterator());
  }
}
