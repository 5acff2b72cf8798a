package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.instance.LearnedRates;
import dev.gradus.djl.model.Mlp;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What learning rates cost for ever more training instances: time of a step, start, checkpoint. */
public final class ManyInstances {
  private static final int STEPS = Integer.getInteger("steps", 400);
  private static final int WARM_UP = 100;
  private static final int TRUSTED = 500;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MEGA = 1e6;
  private static final Path STATUS = Path.of("/proc/self/status");

  private final int count;
  private final Path folder;
  private final List<Double> steps = new ArrayList<>();
  private long last = System.nanoTime();
  private double start;
  private Duration checkpoint = Duration.ZERO;

  private ManyInstances(int count, Path folder) {
    this.count = count;
    this.folder = folder;
  }

  /**
   * Prints a table.
   *
   * @param counts how many instances; 10 thousand to 10 million if none
   * @throws IOException if checkpoints cannot be written to a temporary folder
   */
  public static void main(String[] counts) throws IOException {
    var table =
        new Table(
            "instances",
            "start, s",
            "with the rates of another run and one instance more, s",
            "step, median ms",
            "quartiles",
            "checkpoint, MB",
            "written in, s",
            "memory of the process, MB");
    IO.println(Machine.line() + "\n");
    var wanted =
        counts.length == 0 ? new String[] {"10000", "100000", "1000000", "10000000"} : counts;
    for (String count : wanted) {
      measure(Integer.parseInt(count), table);
    }
    IO.println("### rates, mlp, batch 64, 1 thread, " + STEPS + " steps\n\n" + table);
  }

  private static void measure(int count, Table table) throws IOException {
    var folder = Files.createTempDirectory("gradus-instances");
    try {
      var first = new ManyInstances(count, folder.resolve("first"));
      first.train(null);
      var second = new ManyInstances(count + 1, folder.resolve("second"));
      second.train(first.folder);
      first.addTo(table, second.start);
    } finally {
      delete(folder);
    }
  }

  private void train(@Nullable Path earlier) {
    var rows = new RandomRows(count);
    var none = rows.subset(new int[0]);
    var classes = IntStream.range(0, RandomRows.CLASSES).mapToObj(Integer::toString).toList();
    var data = DataSet.of("random rows", new Task.Classification(classes), rows, none, none);
    try (var network = new Mlp().network(rows.inputShape(), data.task())) {
      var training =
          Training.of(network, data)
              .group(Group.all(Rules.parse("adamw"), 1e-3))
              .instances(new LearnedRates(), new RandomRows(TRUSTED))
              .epochs(1 + STEPS * 64 / count)
              .checkpoints(Checkpoints.in(folder).every(Duration.ofDays(1)))
              .stopWhen(() -> steps.size() >= STEPS)
              .listener(this::record);
      last = System.nanoTime();
      (earlier == null ? training : training.instancesFrom(earlier)).run();
    }
  }

  private void record(TrainingEvent event) {
    long now = System.nanoTime();
    switch (event) {
      case TrainingEvent.Started _ -> start = (now - last) / NANOS_PER_MILLI / 1000;
      case TrainingEvent.StepDone _ -> steps.add((now - last) / NANOS_PER_MILLI);
      case TrainingEvent.CheckpointWritten written -> checkpoint = written.duration();
      default -> {}
    }
    last = now;
  }

  private void addTo(Table table, double startWithOthers) throws IOException {
    var step = Quartiles.of(steps.stream().skip(WARM_UP).mapToDouble(s -> s).toArray());
    table.row(
        "%,d".formatted(count),
        Table.number(start, 2),
        Table.number(startWithOthers, 2),
        Table.number(step.median(), 2),
        step.middleHalf(2),
        Table.number(size() / MEGA, 1),
        Table.number(checkpoint.toMillis() / 1000.0, 2),
        Table.number(resident(), 0));
  }

  private double size() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(Path::toFile).mapToLong(File::length).max().orElse(0);
    }
  }

  /** The largest that the process has been so far. */
  private static double resident() throws IOException {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / MEGA)
          .findFirst()
          .orElseThrow();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
