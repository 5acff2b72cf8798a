package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  @Test
  void optionsOfTheUserStay() {
    var configuration = new SparkConf(false).set(OPTIONS, "-Xlog:gc");
    ClusterSettings.applyTo(ClusterSettings.applyTo(configuration));
    assertThat(configuration.get(OPTIONS)).isEqualTo(ClusterSettings.JAVA_OPTIONS + " -Xlog:gc");
    configuration.set("spark.barrier.sync.timeout", "7s");
    assertThat(ClusterSettings.applyTo(configuration).get("spark.barrier.sync.timeout"))
        .isEqualTo("7s");
  }

  @Test
  void workersMayNotComeAndGo() {
    var configuration = new SparkConf(false).set("spark.dynamicAllocation.enabled", "true");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterSettings.applyTo(configuration))
        .withMessage(
            "spark.dynamicAllocation.enabled is on, but workers must neither come nor go while they"
                + " train; set it to false.");
  }
}
