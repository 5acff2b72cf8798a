package dev.gradus.bench;

import ai.djl.Model;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.cli.data.DataOptions;
import dev.gradus.cli.data.DataSets;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.djl.TrainerOptimizer;
import dev.gradus.djl.data.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * DJL's perceptron on MNIST, trained by DJL's trainer with DJL's AdamW and with {@link
 * TrainerOptimizer}: loss, time of a step, memory.
 */
public final class DropIn {
  private static final float LEARNING_RATE = 1e-3f;
  private static final float WEIGHT_DECAY = 0.01f;

  private static final int COMPARED = 200;
  private static final int ROUNDS = 61;
  private static final int STEPS_PER_ROUND = 20;
  private static final int WARM = 1_000;
  private static final int LONG = Integer.getInteger("steps", 20_000);
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double KILO = 1024;
  private static final Path STATUS = Path.of("/proc/self/status");

  private DropIn() {}

  /**
   * Prints the figures.
   *
   * @param which {@code loss}, {@code time}, {@code memory}; all if none
   * @throws IOException if the system does not tell how much memory is used
   */
  public static void main(String[] which) throws IOException {
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    Examples mnist = DataSets.open("mnist", DataOptions.usual(LoadListener.SILENT)).train();
    IO.println(Machine.line() + "\n");
    for (String what : which.length == 0 ? new String[] {"loss", "time", "memory"} : which) {
      switch (what) {
        case "loss" -> loss(mnist);
        case "time" -> time(mnist);
        default -> memory(mnist);
      }
    }
  }

  private static Optimizer djl(Model model) {
    return Optimizer.adamW()
        .optLearningRateTracker(Tracker.fixed(LEARNING_RATE))
        .optWeightDecays(WEIGHT_DECAY)
        .build();
  }

  private static Optimizer ours(Model model) {
    var rules =
        Rules.parse(
            "adamw(weightDecay=%s, epsilonPlacement=before-correction)".formatted(WEIGHT_DECAY));
    return TrainerOptimizer.of(model)
        .group(Group.all(rules, LEARNING_RATE).decayingEverything())
        .build();
  }

  private static void loss(Examples mnist) {
    double largest = 0;
    float last = 0;
    try (var theirs = new MlpProgram(mnist, DropIn::djl);
        var gradus = new MlpProgram(mnist, DropIn::ours)) {
      for (int step = 0; step < COMPARED; step++) {
        last = theirs.backward(step);
        largest = Math.max(largest, Math.abs(gradus.backward(step) - last));
        theirs.step();
        gradus.step();
      }
    }
    IO.println(
        "Largest difference of the losses over %d steps: %.2e; the last loss is %.4f.%n"
            .formatted(COMPARED, largest, last));
  }

  private static void time(Examples mnist) {
    try (var theirs = new MlpProgram(mnist, DropIn::djl);
        var gradus = new MlpProgram(mnist, DropIn::ours)) {
      var programs = List.of(theirs, gradus);
      var micros = new double[programs.size()][ROUNDS];
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        for (int turn = 0; turn < programs.size(); turn++) {
          int program = Math.floorMod(turn + round, programs.size());
          double one = microsPerStep(programs.get(program), round);
          micros[program][Math.max(0, round)] = one;
        }
      }
      print(micros);
    }
  }

  private static double microsPerStep(MlpProgram program, int round) {
    long spent = 0;
    for (int step = 0; step < STEPS_PER_ROUND; step++) {
      program.backward(round * STEPS_PER_ROUND + step);
      long start = Clock.CORE.nanoseconds();
      program.step();
      spent += Clock.CORE.nanoseconds() - start;
    }
    return spent / NANOS_PER_MICRO / STEPS_PER_ROUND;
  }

  private static void print(double[][] micros) {
    var table = new Table("optimizer", "trainer.step(), median µs", "ratio", "quartiles");
    var names = List.of("DJL's AdamW", "TrainerOptimizer, adamw");
    for (int program = 0; program < names.size(); program++) {
      var ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = micros[program][round] / micros[0][round];
      }
      var ratio = Quartiles.of(ratios);
      table.row(
          names.get(program),
          Table.number(Quartiles.of(micros[program]).median(), 1),
          Table.number(ratio.median(), 3),
          ratio.middleHalf(3));
    }
    IO.println(table);
  }

  private static void memory(Examples mnist) throws IOException {
    try (var gradus = new MlpProgram(mnist, DropIn::ours)) {
      double before = 0;
      for (int step = 0; step < LONG; step++) {
        gradus.backward(step);
        gradus.step();
        if (step == WARM) {
          before = residentMegabytes();
        }
      }
      double after = residentMegabytes();
      IO.println(
          "Resident memory after %d steps %.1f MB, after %d steps %.1f MB: %+.1f %%.%n"
              .formatted(WARM, before, LONG, after, 100 * (after / before - 1)));
    }
  }

  private static double residentMegabytes() throws IOException {
    System.gc();
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILO)
          .findFirst()
          .orElseThrow();
    }
  }
}
