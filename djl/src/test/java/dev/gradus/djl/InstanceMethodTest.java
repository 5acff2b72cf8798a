package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.WrongLabels;
import dev.gradus.djl.data.WrongLabels.How;
import dev.gradus.djl.instance.InstanceMethods;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceMethodTest {
  private static final WrongLabels.Settings FOUR_IN_TEN =
      new WrongLabels.Settings(0.4, How.UNIFORM);

  @TempDir Path folder;

  private final Examples truth = Tiny.images(300, 11);
  private final WrongLabels noisy = new WrongLabels(truth, 3, FOUR_IN_TEN, 5);
  private final Examples trusted = Tiny.images(60, 12);

  private Training training(Network network, String method, String rules, Path checkpoints) {
    return Training.of(network, Tiny.data(noisy))
        .group(Group.all(Rules.parse(rules), 1e-2))
        .instances(InstanceMethods.parse(method), trusted)
        .batch(20)
        .epochs(4)
        .checkpoints(Checkpoints.in(checkpoints).resuming());
  }

  private float[] rates(String method, String rules) throws IOException {
    try (var network = Tiny.network()) {
      training(network, method, rules, folder).run();
    }
    return Tiny.newest(folder).getOrDefault("instances/rates", new float[0]);
  }

  private double mean(float[] rates, boolean wrong) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < rates.length; i++) {
      if (noisy.isWrong(i) == wrong) {
        sum += rates[i];
        count++;
      }
    }
    return sum / count;
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd(momentum=0.9)", "adamw", "adamp | decay(0.01)", "lion", "lamb"})
  void wrongLabelsLoseTheirRates(String rules) throws IOException {
    float[] rates = rates("rates(every=1)", rules);
    assertThat(mean(rates, true)).isLessThan(0.8 * mean(rates, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rates(every=3)",
        "rates(per=both)",
        "rates(parametrisation=exp, scale=length, lookahead=false, decay=0.01, normalised=true)",
        "reweight(10)",
        "loss-weighting(metaRate=5)",
        "data-parameters",
        "data-parameters(per=both, instanceDecay=1e-4, classDecay=1e-3)",
        "small-losses(0.5)"
      })
  void aStoppedRunGoesOnToTheSameBits(String method) throws IOException {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    run(method, whole, Integer.MAX_VALUE);
    run(method, stopped, 17);
    run(method, stopped, Integer.MAX_VALUE);
    Map<String, float[]> expected = Tiny.newest(whole);
    Map<String, float[]> found = Tiny.newest(stopped);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
  }

  private void run(String method, Path checkpoints, int steps) {
    var made = new AtomicInteger();
    try (var network = Tiny.network()) {
      training(network, method, "adamp", checkpoints)
          .stopWhen(() -> made.incrementAndGet() >= steps)
          .run();
    }
  }

  @Test
  void listenersAreToldOfTheRatesBeforeAnEpochEnds() throws IOException {
    var told = new ArrayList<String>();
    var last = new ArrayList<float[]>();
    try (var network = Tiny.network()) {
      training(network, "rates", "adamp", folder)
          .listener(
              event -> {
                switch (event) {
                  case TrainingEvent.InstancesLearned learned -> {
                    told.add("learned " + learned.epoch());
                    last.add(learned.state().getFirst().floats());
                  }
                  case TrainingEvent.EpochDone done -> told.add("done " + done.epoch());
                  default -> {}
                }
              })
          .run();
    }
    assertThat(told).hasSize(8).startsWith("learned 0", "done 0", "learned 1");
    assertThat(last.getLast()).isEqualTo(Tiny.newest(folder).get("instances/rates"));
    assertThat(last.getFirst()).isNotEqualTo(last.getLast());
  }

  @Test
  void listenersAreToldWhatAMethodNotices() {
    var told = new ArrayList<TrainingEvent.Noticed>();
    try (var network = Tiny.plain()) {
      training(network, "rates", "sgd", folder)
          .instances(new Noticing(), trusted)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Noticed noticed) {
                  told.add(noticed);
                }
              })
          .run();
    }
    assertThat(told)
        .singleElement()
        .satisfies(
            noticed -> {
              assertThat(noticed.step()).isEqualTo(1);
              assertThat(noticed.sentence()).isEqualTo("noticed");
            });
  }

  @Test
  void trustedLabelsAsWrongAsTheOthersAreToldOf() {
    assertThat(noticed("rates(every=1)", Tiny.images(100, 12))).isEmpty();
    var wrong = new WrongLabels(Tiny.images(100, 12), 3, FOUR_IN_TEN, 6);
    assertThat(noticed("rates(every=1)", wrong))
        .singleElement()
        .asString()
        .matches(
            "Rates tell hardly any examples apart: over epochs 4 and 5 their correlation with new"
                + " inner products is -?0\\.\\d\\d, below 0\\.15; either few labels are wrong, or"
                + " the trusted labels are as wrong as the others\\.");
    assertThat(noticed("rates(metaRate=1e-6)", Tiny.images(100, 12)))
        .singleElement()
        .asString()
        .startsWith("Rates hardly move:");
  }

  private static List<String> noticed(String method, Examples trusted) {
    var sentences = new ArrayList<String>();
    var noisy = new WrongLabels(Tiny.images(600, 11), 3, FOUR_IN_TEN, 5);
    try (var network = Tiny.plain()) {
      Training.of(network, Tiny.data(noisy))
          .group(Group.all(Rules.parse("adamw"), 3e-3))
          .instances(InstanceMethods.parse(method), trusted)
          .batch(20)
          .epochs(6)
          .seed(3)
          .listener(
              event -> {
                if (event instanceof TrainingEvent.Noticed noticed) {
                  sentences.add(noticed.sentence());
                }
              })
          .run();
    }
    return sentences;
  }

  /** Notices something in the first step. */
  private record Noticing() implements InstanceMethod {
    @Override
    public Running start(DataSet data) {
      var waiting = new ArrayList<>(List.of("noticed"));
      return new Running() {
        @Override
        public void weigh(Batch part, float[] losses, float[] weights) {}

        @Override
        public List<String> remarks() {
          var taken = List.copyOf(waiting);
          waiting.clear();
          return taken;
        }
      };
    }
  }

  @Test
  void aRunGoesOnOnlyWithItsMethod() {
    run("rates", folder, 5);
    assertThatThrownBy(() -> run("reweight", folder, 5))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("instances: rates then, reweight now");
  }

  @Test
  void aMethodWithoutItsTrustedExamplesIsRefused() {
    try (var network = Tiny.network()) {
      DataSet data = Tiny.data();
      assertThatThrownBy(
              () ->
                  Training.of(network, data)
                      .instances(InstanceMethods.parse("rates"), data.train().subset(new int[0])))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "rates needs trusted examples, but there are none; set some of the data aside.");
    }
  }

  private static Batch batch() {
    var numbers = MemorySegment.ofArray(new float[4]);
    return new Batch(new int[] {3, 1, 2, 0}, numbers, numbers);
  }

  @Test
  void smallLossesAreKept() {
    var method = InstanceMethods.parse("small-losses(0.5)").start(Tiny.data());
    float[] weights = {1, 1, 2, 1};
    method.weigh(batch(), new float[] {3, 0.5f, 1, 2}, weights);
    assertThat(weights).containsExactly(0, 2, 4, 0);
    float[] ofEqualLosses = {1, 1, 1, 1};
    method.weigh(batch(), new float[] {2, 2, 2, 2}, ofEqualLosses);
    assertThat(ofEqualLosses).containsExactly(1, 1, 1, 1);
  }

  @Test
  void aProductThatIsNotFiniteDoesNotSpoilTheOthersWeights() {
    var method = InstanceMethods.parse("reweight").start(Tiny.data());
    method.before(batch(), Answering.of(Double.NaN, 1, Double.POSITIVE_INFINITY, 3));
    float[] weights = {1, 1, 1, 1};
    method.weigh(batch(), new float[4], weights);
    assertThat(weights).containsExactly(0, 1, 0, 3);
  }

  @Test
  void aBatchIsReweightedToItsSize() {
    var sums = new ArrayList<Double>();
    var method = InstanceMethods.parse("reweight(30)");
    try (var network = Tiny.plain()) {
      training(network, "reweight", "sgd", folder)
          .instances(new Watched(method, sums), trusted)
          .run();
    }
    assertThat(sums).hasSize(60).allSatisfy(sum -> assertThat(sum).isCloseTo(20, within(1e-4)));
  }

  /** Adds up the weights of every batch. */
  private record Watched(InstanceMethod method, List<Double> sums) implements InstanceMethod {
    @Override
    public Running start(DataSet data) {
      Running running = method.start(data);
      return new Running() {
        @Override
        public void weigh(Batch part, float[] losses, float[] weights) {
          running.weigh(part, losses, weights);
          double sum = 0;
          for (float weight : weights) {
            sum += weight;
          }
          sums.add(sum);
        }

        @Override
        public void before(Batch batch, Probe probe) {
          running.before(batch, probe);
        }
      };
    }

    @Override
    public int trustedBatch() {
      return method.trustedBatch();
    }
  }

  @Test
  void wrongLabelsAreOtherClasses() {
    var own = new float[1];
    var given = new float[1];
    int wrong = 0;
    for (int i = 0; i < noisy.size(); i++) {
      truth.target(i, own, 0);
      noisy.target(i, given, 0);
      assertThat(given[0] != own[0]).isEqualTo(noisy.isWrong(i));
      assertThat(given[0]).isBetween(0f, 2f);
      wrong += noisy.isWrong(i) ? 1 : 0;
    }
    assertThat(wrong).isBetween(95, 145);
    var next = new WrongLabels(truth, 3, new WrongLabels.Settings(0.999, How.PAIR_FLIP), 5);
    next.target(0, given, 0);
    truth.target(0, own, 0);
    assertThat(given[0]).isEqualTo((own[0] + 1) % 3);
  }

  /** Each class has its own shares, which another seed changes and other examples do not. */
  @Test
  void classesAreConfusedInTheirOwnShares() {
    var many = Tiny.images(30_000, 3);
    var shares = confused(many, 1, 1);
    assertThat(shares[0]).isNotCloseTo(shares[1], within(0.02));
    assertThat(confused(many, 1, 2)).containsExactly(shares, within(0.02));
    assertThat(confused(many, 2, 1)[0]).isNotCloseTo(shares[0], within(0.02));
  }

  /** For each class, how much of its wrong labels is the next class. */
  private static double[] confused(Examples examples, long shares, long seed) {
    var settings = new WrongLabels.Settings(0.9, How.CLASS_DEPENDENT, shares);
    var labels = new WrongLabels(examples, 3, settings, seed);
    var wrong = new double[3];
    var next = new double[3];
    var own = new float[1];
    var given = new float[1];
    for (int i : all(labels)) {
      examples.target(i, own, 0);
      labels.target(i, given, 0);
      wrong[(int) own[0]]++;
      next[(int) own[0]] += given[0] == (own[0] + 1) % 3 ? 1 : 0;
      assertThat(given[0]).isNotEqualTo(own[0]);
    }
    return IntStream.range(0, 3).mapToDouble(c -> next[c] / wrong[c]).toArray();
  }

  @Test
  void sparesTheLastExamples() {
    int from = noisy.size() / 2;
    var spared = noisy.sparing(from);
    assertThat(all(spared))
        .isNotEmpty()
        .containsExactly(Arrays.stream(all(noisy)).filter(index -> index < from).toArray());
  }

  @Test
  void anotherSeedErrsElsewhere() {
    var other = new WrongLabels(truth, 3, FOUR_IN_TEN, 6);
    assertThat(Arrays.stream(all(other)).sum()).isNotEqualTo(Arrays.stream(all(noisy)).sum());
  }

  private static int[] all(WrongLabels labels) {
    return IntStream.range(0, labels.size()).filter(labels::isWrong).toArray();
  }
}
