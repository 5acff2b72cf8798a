package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Averages of weights are what is validated, tested, kept and used; training goes on without. */
class AveragesTest {
  private static final double DECAY = 0.75;
  private static final String WEIGHT = "02Linear.weight";

  @TempDir private Path folder;

  private static Training training(Network network, DataSet data, String pipeline) {
    return Tiny.training(network, data).group(Group.all(Rules.parse(pipeline), 1e-2));
  }

  private static Training averaging(Network network, DataSet data) {
    return training(network, data, "adam | ema(" + DECAY + ")");
  }

  /** The averages by their definition, from the weights that a run without them has had. */
  private static Map<String, float[]> expected(int steps) {
    var averages = new TreeMap<String, double[]>();
    try (var network = Tiny.plain()) {
      training(network, Tiny.data(), "adam")
          .listener(event -> follow(network, event, averages))
          .epochs(steps / 7)
          .run();
    }
    var result = new TreeMap<String, float[]>();
    averages.forEach((name, values) -> result.put(name, single(values)));
    return result;
  }

  private static void follow(Network network, TrainingEvent event, Map<String, double[]> averages) {
    switch (event) {
      case TrainingEvent.Started _ ->
          Tiny.values(network).forEach((name, weights) -> averages.put(name, wide(weights)));
      case TrainingEvent.StepDone _ ->
          Tiny.values(network).forEach((name, weights) -> add(averages, name, weights));
      default -> {}
    }
  }

  private static void add(Map<String, double[]> averages, String name, float[] weights) {
    averages.computeIfPresent(
        name,
        (_, average) -> {
          for (int i = 0; i < average.length; i++) {
            average[i] = DECAY * average[i] + (1 - DECAY) * weights[i];
          }
          return average;
        });
  }

  private static double[] wide(float[] values) {
    var result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private static float[] single(double[] values) {
    var result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }

  /** Without validation examples the last weights are the ones to use. */
  private static DataSet withoutValidation() {
    var data = Tiny.data();
    var none = data.validation().subset(new int[0]);
    return DataSet.of(data.name(), data.task(), data.train(), none, data.test());
  }

  @Test
  void theNetworkHasTheAveragesInTheEnd() {
    try (var network = Tiny.plain()) {
      var result = averaging(network, withoutValidation()).run();
      expected(21)
          .forEach(
              (name, values) ->
                  assertThat(Tiny.values(network).get(name))
                      .as(name)
                      .containsExactly(values, within(1e-5f)));
      assertThat(measured(network)).isEqualTo(result.test());
    }
  }

  private static Map<String, Double> measured(Network network) {
    var data = Tiny.data();
    return new Evaluation(network, data.task(), Loss.of(data.task()), 8).of(data.test());
  }

  @Test
  void trainingGoesOnAsIfThereWereNone() throws IOException {
    try (var one = Tiny.plain();
        var other = Tiny.plain()) {
      averaging(one, Tiny.data()).checkpoints(Checkpoints.in(folder.resolve("one"))).run();
      training(other, Tiny.data(), "adam")
          .checkpoints(Checkpoints.in(folder.resolve("other")))
          .run();
    }
    var with = Tiny.newest(folder.resolve("one"));
    var without = Tiny.newest(folder.resolve("other"));
    without.forEach((name, values) -> assertThat(with.get(name)).as(name).isEqualTo(values));
    assertThat(with).containsKey(WEIGHT + "/ema");
  }

  @Test
  void validationReadsTheAverages() {
    var figures = new ArrayList<List<Double>>();
    for (var pipeline : List.of("adam", "adam | ema(0)", "adam | ema(0.99)")) {
      var losses = new ArrayList<Double>();
      try (var network = Tiny.plain()) {
        training(network, Tiny.data(), pipeline).listener(event -> addLoss(losses, event)).run();
      }
      figures.add(losses);
    }
    assertThat(figures.get(1)).isEqualTo(figures.get(0)).hasSize(3);
    assertThat(figures.get(2)).isNotEqualTo(figures.get(0));
  }

  private static void addLoss(List<Double> losses, TrainingEvent event) {
    if (event instanceof TrainingEvent.EpochDone done) {
      losses.add(done.validation().getOrDefault("loss", Double.NaN));
    }
  }

  @Test
  void theCheckpointOfTheBestEpochGivesThemToANetwork() {
    try (var network = Tiny.network();
        var arena = Arena.ofConfined();
        var fresh = Tiny.network()) {
      var result = averaging(network, Tiny.data()).checkpoints(Checkpoints.in(folder)).run();
      var trained = Trained.best(folder, arena, _ -> {});
      assertThat(trained.averaged()).isTrue();
      trained.into(fresh);
      assertThat(measured(fresh)).isEqualTo(result.test()).isEqualTo(measured(network));
    }
  }

  private TrainingResult run(Path checkpoints, int stopAfter) {
    var made = new AtomicInteger();
    try (var network = Tiny.network()) {
      return averaging(network, Tiny.data())
          .checkpoints(Checkpoints.in(checkpoints).everySteps(3).resuming())
          .stopWhen(() -> made.incrementAndGet() >= stopAfter)
          .run();
    }
  }

  @Test
  void aResumedRunAverages() throws IOException {
    var whole = run(folder.resolve("whole"), Integer.MAX_VALUE);
    run(folder.resolve("stopped"), 10);
    var resumed = run(folder.resolve("stopped"), Integer.MAX_VALUE);
    assertThat(resumed.test()).isEqualTo(whole.test());
    var expected = Tiny.newest(folder.resolve("whole"));
    Tiny.newest(folder.resolve("stopped"))
        .forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
    assertThat(run(folder.resolve("whole"), Integer.MAX_VALUE).test()).isEqualTo(whole.test());
  }

  @Test
  void theRunSaysSo() {
    var told = new ArrayList<String>();
    try (var network = Tiny.plain()) {
      training(network, Tiny.data(), "adam | ema(0.99)")
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Started started) {
                  told.addAll(started.problems());
                }
              })
          .run();
    }
    assertThat(told)
        .containsExactly(
            "Validation and test read the weights' averages, which ema keeps.",
            "The average of ema(decay=0.99) has 81 % of the initial weights left after 21 steps;"
                + " a decay below 0.8031 leaves less than 1 %.");
    var without = Rules.parse("adam | ema(0.99) as slow");
    assertThat(Averages.remarks(List.of(Group.all(without, 1)), 10)).isEmpty();
  }
}
