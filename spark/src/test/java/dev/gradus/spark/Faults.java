package dev.gradus.spark;

import dev.gradus.UserException;
import dev.gradus.compress.AdaComp;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.LocalWorkers;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A program that disturbs trainings on a cluster again and again, in random steps of random
 * workers, and compares what they come to with a training that was not disturbed. The cluster is
 * one of this machine, or that of {@code build/two-machines.sh}. A full disk needs root, for a
 * small file system of its own.
 */
final class Faults {
  private static final int STEPS = 39;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration ORPHANS = Duration.ofSeconds(30);

  private final Map<String, List<Float>> undisturbed;
  private final Random random;
  private final Map<Fault, Integer> correct = new TreeMap<>();

  private Faults(Map<String, List<Float>> undisturbed, Random random) {
    this.undisturbed = undisturbed;
    this.random = random;
  }

  /**
   * Prints how many endings were correct.
   *
   * @param words how many disturbances of each kind, a seed, and the kinds; without, all that are
   *     possible here
   */
  public static void main(String[] words) throws Exception {
    int times = Integer.parseInt(words[0]);
    var faults = new Faults(undisturbed(), new Random(Long.parseLong(words[1])));
    var kinds = Arrays.stream(words).skip(2).map(Fault::valueOf).toList();
    for (Fault fault : kinds.isEmpty() ? Fault.possible() : kinds) {
      faults.disturb(fault, times);
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

  private void disturb(Fault fault, int times) throws Exception {
    if (fault == Fault.KILL_DRIVER) {
      for (int time = 0; time < times; time++) {
        disturb(fault, Faults::killDriver);
      }
      return;
    }
    try (var spark = LocalCluster.start()) {
      for (int time = 0; time < times; time++) {
        disturb(
            fault,
            fault == Fault.FULL_DISK
                ? disturbance -> fillDisk(spark, disturbance)
                : disturbance -> DisturbedRun.run(spark, disturbance, false));
      }
    }
  }

  /** A training with a disturbance. */
  private interface Run {
    void with(Disturbance disturbance) throws Exception;
  }

  private void disturb(Fault fault, Run run) throws Exception {
    var marker = Files.createTempDirectory("faults").resolve("marker").toString();
    var disturbance =
        new Disturbance(random.nextInt(LocalCluster.WORKERS), random.nextInt(STEPS), fault, marker);
    Files.createDirectories(disturbance.disk());
    long start = System.nanoTime();
    boolean same = isSame(disturbance, run);
    correct.merge(fault, same ? 1 : 0, Integer::sum);
    IO.println(
        "%s worker %d in step %d: %s, %s s"
            .formatted(
                fault,
                disturbance.rank(),
                disturbance.step(),
                same ? "the same weights" : "OTHER WEIGHTS",
                Duration.ofNanos(System.nanoTime() - start).toSeconds()));
  }

  private boolean isSame(Disturbance disturbance, Run run) throws IOException {
    try {
      run.with(disturbance);
      return Files.exists(Path.of(disturbance.marker()))
          && undisturbed.equals(LastCheckpoint.of(DisturbedRun.folder(disturbance)));
    } catch (Exception failure) {
      IO.println(failure);
      return false;
    }
  }

  /** The run ends with a sentence; with room again it goes on. */
  private static void fillDisk(JavaSparkContext spark, Disturbance disturbance) throws IOException {
    var disk = disturbance.disk().toString();
    Processes.run("mount", "-t", "tmpfs", "-o", "size=1m", "gradus-test", disk);
    try {
      DisturbedRun.run(spark, disturbance, false);
      throw new IllegalStateException("Nobody noticed that the disk was full.");
    } catch (UserException told) {
      IO.println(told.getMessage());
      Files.delete(disturbance.filler());
      DisturbedRun.run(spark, disturbance, true);
      copyOut(disturbance);
    } finally {
      Processes.run("umount", disk);
      Processes.run("cp", "-r", disk + ".kept", DisturbedRun.folder(disturbance).toString());
    }
  }

  /** What is on the small disk is gone with it. */
  private static void copyOut(Disturbance disturbance) {
    var folder = DisturbedRun.folder(disturbance).toString();
    Processes.run("cp", "-r", folder, disturbance.disk() + ".kept");
  }

  /** The driver is killed while workers train; the same command goes on. */
  private static void killDriver(Disturbance disturbance) throws Exception {
    var driver = driver(disturbance, false);
    Processes.awaitText(disturbance.marker(), LONGEST);
    var executors = driver.descendants().toList();
    driver.destroyForcibly().waitFor();
    for (var executor : executors) {
      executor.onExit().completeOnTimeout(executor, ORPHANS.toSeconds(), TimeUnit.SECONDS).join();
      if (executor.destroyForcibly()) {
        IO.println("An executor has outlived its driver for " + ORPHANS + ".");
      }
    }
    var next = driver(disturbance, true);
    if (!next.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      next.descendants().forEach(ProcessHandle::destroyForcibly);
      next.destroyForcibly();
    }
  }

  private static Process driver(Disturbance disturbance, boolean resume) throws IOException {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            DisturbedRun.class.getName(),
            Integer.toString(disturbance.rank()),
            Long.toString(disturbance.step()),
            disturbance.fault().name(),
            disturbance.marker(),
            Boolean.toString(resume)));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
