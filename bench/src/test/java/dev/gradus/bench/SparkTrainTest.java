package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code spark-train} as a process of its own, with a cluster of this machine. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no command kill")
class SparkTrainTest {
  private static final long DEADLINE_SECONDS = 300;
  private static final long PAUSE_MILLISECONDS = 20;

  /** What Spark logs by; the other logger on this class path would tell it again to Spark's. */
  private static final String LOGGER =
      "-Dslf4j.provider=org.apache.logging.slf4j.SLF4JServiceProvider";

  @TempDir Path folder;

  @Test
  void anInterruptedRunGoesOnToTheSameBits() throws Exception {
    try (var whole = start(begin("whole"))) {
      assertThat(whole.exitCode()).as(output()).isZero();
      assertThat(output()).contains("Predicted: a step takes ", " in the median (");
    }
    try (var part = start(begin("part"))) {
      part.awaitSteps(folder.resolve("part/metrics.jsonl"));
      part.interrupt();
      assertThat(part.exitCode()).as(output()).isEqualTo(130);
    }
    assertThat(output())
        .contains("go on with: gradus spark-train --resume " + folder.resolve("part"))
        .doesNotContain("gradus: ");
    assertThat(checkpoints("part"))
        .doesNotContainAnyElementsOf(checkpoints("whole"))
        .anyMatch(file -> file.startsWith("checkpoints/worker-1"))
        .anyMatch(file -> file.getNameCount() == 2);
    try (var rest = start(List.of("--resume", folder.resolve("part").toString()))) {
      assertThat(rest.exitCode()).as(output()).isZero();
    }
    assertThat(output()).contains("Going on after step ");
    for (Path last : checkpoints("whole")) {
      assertThat(folder.resolve("part").resolve(last))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(last));
    }
  }

  private List<String> begin(String run) {
    return List.of(
        "--out=" + folder.resolve(run),
        "--workers=2",
        "--compress=adacomp",
        "--model=mlp(width=32, dropout=0.2)",
        "--batch=64",
        "--epochs=30",
        "--checkpoint-every=1h",
        "--keep=1");
  }

  /** Of both workers, within the run's folder. */
  private List<Path> checkpoints(String run) throws IOException {
    var within = folder.resolve(run);
    try (var files = Files.walk(within)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("step-"))
          .map(within::relativize)
          .sorted()
          .toList();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private Command start(List<String> arguments) throws IOException {
    var options =
        Stream.concat(
            Arrays.stream(JavaModuleOptions.defaultModuleOptionArray()),
            Stream.of(LOGGER, "-Dspark.executor.extraJavaOptions=" + LOGGER));
    var rest =
        Stream.concat(
            Stream.of("spark-train", "--master=local-cluster[2,1,1024]"), arguments.stream());
    var home = folder.resolve("spark");
    Files.createDirectories(home.resolve("jars"));
    var process = Jvm.command(options.toList(), "dev.gradus.cli.Gradus", rest.toList());
    process.environment().put("SPARK_HOME", home.toString());
    process.environment().put("SPARK_SCALA_VERSION", "2.13");
    process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    process.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return new Command(
        process
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start());
  }

  /** The driver and its executors. */
  private record Command(Process process) implements AutoCloseable {

    void awaitSteps(Path metrics) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
      while (process.isAlive() && System.nanoTime() < end && isEmpty(metrics)) {
        Thread.sleep(PAUSE_MILLISECONDS);
      }
    }

    private static boolean isEmpty(Path file) {
      return file.toFile().length() == 0;
    }

    /** What Ctrl-C sends to all that a terminal has started. */
    void interrupt() throws IOException, InterruptedException {
      var command = new ArrayList<>(List.of("kill", "-INT", Long.toString(process.pid())));
      process.descendants().map(each -> Long.toString(each.pid())).forEach(command::add);
      new ProcessBuilder(command).start().waitFor();
    }

    int exitCode() throws InterruptedException {
      return process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }
}
