package dev.gradus.bench;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Rules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long a JVM that has just started takes for its first steps. */
public final class ColdStart {
  private static final List<String> STAGES =
      List.of("pipeline read", "optimizer built", "step 1", "step 2", "step 3", "step 10");
  private static final int STARTS = Integer.getInteger("pairs", 15);
  private static final int STEPS = 10;
  private static final long LONGEST_MINUTES = 2;
  private static final double NANOS_PER_MILLI = 1e6;

  private ColdStart() {}

  /**
   * With a network and a pipeline, measures in this JVM and prints the times in milliseconds, one a
   * line. Without, starts JVMs and prints tables.
   *
   * @param arguments none, or a network, a pipeline and a number of threads
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0) {
      measure(arguments[0], arguments[1], Integer.parseInt(arguments[2]));
      return;
    }
    IO.println(Machine.line() + "\n");
    for (String pipeline : List.of("adamw", "adamp")) {
      print("resnet50", pipeline);
    }
  }

  private static void measure(String network, String text, int threads) {
    var parameters = Networks.named(network);
    try (var memory = new Memory(parameters)) {
      var watch = new Watch();
      var pipeline = Rules.parse(text);
      watch.lap();
      var group = Group.all(pipeline, Setting.LEARNING_RATE);
      try (var optimizer = Optimizer.of(parameters).group(group).threads(threads).build()) {
        watch.lap();
        for (int step = 1; step <= STEPS; step++) {
          optimizer.step(memory);
          watch.lap();
        }
      }
      watch.laps.forEach(IO::println);
    }
  }

  /** Times between calls. */
  private static final class Watch {
    private final List<Double> laps = new ArrayList<>();
    private long last = System.nanoTime();

    void lap() {
      long now = System.nanoTime();
      laps.add((now - last) / NANOS_PER_MILLI);
      last = System.nanoTime();
    }
  }

  private static void print(String network, String pipeline)
      throws IOException, InterruptedException {
    double[][] laps = new double[STEPS + 2][STARTS];
    for (int start = 0; start < STARTS; start++) {
      double[] one = laps(network, pipeline);
      for (int lap = 0; lap < one.length; lap++) {
        laps[lap][start] = one[lap];
      }
    }
    var table = new Table("cold JVM", "median ms", "quartiles");
    for (String stage : STAGES) {
      int step = stage.startsWith("step ") ? Integer.parseInt(stage.substring(5)) : 0;
      row(table, stage, laps[step == 0 ? STAGES.indexOf(stage) : step + 1]);
    }
    IO.println("### " + pipeline + " on " + network + " (" + STARTS + " starts)\n\n" + table);
  }

  private static double[] laps(String network, String pipeline)
      throws IOException, InterruptedException {
    Process child = Jvm.start(ColdStart.class, List.of(network, pipeline, "1"));
    try (var output = child.inputReader()) {
      if (!child.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        child.destroyForcibly();
        throw new IllegalStateException("A JVM did not end within " + LONGEST_MINUTES + " minutes");
      }
      return output.lines().mapToDouble(Double::parseDouble).toArray();
    }
  }

  private static void row(Table table, String name, double[] values) {
    var quartiles = Quartiles.of(values);
    table.row(name, Table.number(quartiles.median(), 0), quartiles.middleHalf(0));
  }
}
