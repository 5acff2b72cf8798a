package dev.gradus.spark;

import dev.gradus.exchange.Transport;
import java.time.Duration;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What {@code build/two-machines.sh RATE spark} can start to see that its cluster works: two
 * workers exchange some megabytes, and print how long it took and a checksum, the same at both.
 */
final class OnTwoMachines {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private OnTwoMachines() {}

  static SparkConf cluster() {
    return new SparkConf()
        .setMaster(System.getenv("GRADUS_MASTER"))
        .setAppName("two machines")
        .set("spark.driver.host", System.getenv("GRADUS_FIRST"))
        .set("spark.executor.extraClassPath", System.getenv("EXECUTOR_CLASSPATH"))
        .set("spark.executor.cores", "1")
        .set("spark.ui.enabled", "false");
  }

  public static void main(String[] words) {
    try (var spark = new JavaSparkContext(ClusterSettings.applyTo(cluster()))) {
      var job = UUID.randomUUID();
      LocalCluster.run(spark, context -> exchange(SparkTransport.join(context, job, DEADLINE)))
          .forEach(System.out::println);
    }
  }

  private static String exchange(Transport transport) {
    try (transport) {
      long start = System.nanoTime();
      String checksum = Exchanges.checksums(transport);
      double seconds = (System.nanoTime() - start) / 1e9;
      return "worker %d: %.2f s, checksum %s".formatted(transport.rank(), seconds, checksum);
    }
  }
}
