package dev.gradus.spark;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Hadoop as the application has configured it. */
final class Hadoop {
  private Hadoop() {}

  /** With all {@code spark.hadoop} settings, in the driver and in executors alike. */
  static Configuration configuration() {
    return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
  }
}
