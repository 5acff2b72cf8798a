package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import com.google.gson.Gson;
import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.Rules;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.instance.LearnedRates;
import dev.gradus.djl.instance.Parametrisation;
import dev.gradus.djl.instance.Per;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with learned rates against PyTorch's automatic differentiation in double precision. */
class InstanceRateTraceTest {

  record Settings(
      double learningRate,
      double metaRate,
      double alphaMaximum,
      String parametrisation,
      boolean lookahead,
      String activation) {}

  record Sizes(int inputs, int hidden, int classes, int instances, int batch, int meta) {}

  record Named(String name, List<Double> values) {}

  record Step(
      List<Integer> batch,
      List<Double> alphaBefore,
      List<Double> innerProducts,
      List<Double> exactMetaDerivative,
      List<Double> alphaAfter,
      Map<String, List<Double>> weights) {}

  record Trace(
      Settings options,
      Sizes sizes,
      List<Named> parameters,
      List<Double> x,
      List<Integer> labels,
      List<Double> metaX,
      List<Integer> metaLabels,
      List<Step> steps) {
    static Trace read(String name) throws IOException {
      try (Reader reader =
          new InputStreamReader(
              Objects.requireNonNull(Trace.class.getResourceAsStream("/golden/" + name + ".json")),
              StandardCharsets.UTF_8)) {
        return new Gson().fromJson(reader, Trace.class);
      }
    }

    Block block() {
      return new SequentialBlock()
          .add(Linear.builder().setUnits(sizes.hidden).build())
          .add(options.activation.equals("relu") ? Activation.reluBlock() : Activation.tanhBlock())
          .add(Linear.builder().setUnits(sizes.classes).build());
    }

    Examples examples(List<Double> values, List<Integer> classes) {
      int columns = sizes.inputs;
      var inputs =
          IntStream.range(0, classes.size())
              .mapToObj(row -> floats(values.subList(row * columns, (row + 1) * columns)))
              .toList();
      return new Tiny.Held(
          List.of((long) columns), inputs, classes.stream().map(Integer::floatValue).toList());
    }

    LearnedRates method(Per per) {
      return new LearnedRates(
          options.metaRate,
          per,
          options.alphaMaximum,
          Parametrisation.valueOf(options.parametrisation.toUpperCase(Locale.ROOT)),
          LearnedRates.Scale.NONE,
          0,
          options.lookahead,
          1,
          sizes.meta,
          0,
          false,
          Products.CHEAPER);
    }
  }

  private static float[] floats(List<Double> values) {
    var single = new float[values.size()];
    for (int i = 0; i < single.length; i++) {
      single[i] = values.get(i).floatValue();
    }
    return single;
  }

  /** Weighs as the method does and keeps the inner products that it asks for. */
  private record Overheard(InstanceMethod.Running method, List<double[]> products)
      implements InstanceMethod.Running {
    @Override
    public void weigh(Batch part, float[] losses, float[] weights) {
      method.weigh(part, losses, weights);
    }

    @Override
    public void before(Batch batch, Probe probe) {
      method.before(batch, probe);
    }

    @Override
    public void after(Batch batch, Probe probe) {
      method.after(batch, new Ear(probe, products));
    }
  }

  private record Ear(Probe probe, List<double[]> products) implements Probe {
    @Override
    public long step() {
      return probe.step();
    }

    @Override
    public void aim() {
      probe.aim();
    }

    @Override
    public double[] innerProducts(Batch batch) {
      double[] found = probe.innerProducts(batch);
      products.add(found);
      return found;
    }

    @Override
    public double length() {
      return probe.length();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"instance-rate-tanh", "instance-rate-exp", "instance-rate-relu-old-point"})
  void stepsAreThoseOfAutomaticDifferentiation(String name) throws IOException {
    Trace trace = Trace.read(name);
    take(trace, Per.INSTANCE, InstanceRateTraceTest::follow);
  }

  /** In the first step all rates are 1, so the recorded products are those of classes too. */
  @ParameterizedTest
  @EnumSource(
      value = Per.class,
      names = {"CLASS", "BOTH"})
  void aClassLearnsFromTheMeanOfItsInstances(Per per) throws IOException {
    Trace trace = Trace.read("instance-rate-tanh");
    take(
        trace,
        per,
        (_, taken) -> {
          taken.step(trace, 0);
          var classes = new double[trace.sizes.classes];
          Arrays.setAll(classes, c -> 1 + trace.options.metaRate * meanOfClass(trace, c));
          float[] found = taken.rates().state().getLast().floats();
          for (int c = 0; c < classes.length; c++) {
            assertThat((double) found[c]).isCloseTo(classes[c], within(1e-3));
          }
          if (per == Per.BOTH) {
            requireRates(taken.rates(), trace.steps.getFirst(), trace.options.metaRate);
          }
        });
  }

  private static double meanOfClass(Trace trace, int number) {
    Step first = trace.steps.getFirst();
    return IntStream.range(0, first.batch.size())
        .filter(place -> trace.labels.get(first.batch.get(place)) == number)
        .mapToDouble(first.innerProducts::get)
        .average()
        .orElse(0);
  }

  private void take(Trace trace, Per per, BiConsumer<Trace, Taken> what) {
    Examples examples = trace.examples(trace.x, trace.labels);
    Examples trusted = trace.examples(trace.metaX, trace.metaLabels);
    DataSet data = DataSet.of("trace", Tiny.CLASSES, examples, trusted, trusted);
    try (var arena = Arena.ofShared();
        var network = Network.of("trace", trace.block(), Set.of())) {
      network.initialise(examples.inputShape(), 0);
      set(network, trace.parameters);
      var training =
          Training.of(network, data)
              .group(Group.all(Rules.parse("sgd"), trace.options.learningRate))
              .instances(trace.method(per), trusted);
      what.accept(trace, new Taken(training, arena));
    }
  }

  private static void set(Network network, List<Named> parameters) {
    for (int i = 0; i < parameters.size(); i++) {
      var memory = Native.segment(network.parameters().get(i));
      memory.copyFrom(MemorySegment.ofArray(floats(parameters.get(i).values)));
    }
  }

  /** Recorded steps taken again. */
  private record Taken(
      Training training, InstanceMethod.Running rates, List<double[]> heard, Arena arena) {
    Taken(Training training, Arena arena) {
      this(training, training.instances.start(training.data), new ArrayList<>(), arena);
    }

    void step(Trace trace, int number) {
      var binding = new ParameterBinding(training.network);
      try (var optimizer =
              Optimizer.of(binding.parameters()).group(training.groups.getFirst()).build();
          var onlookers = new Onlookers(training.network);
          var probe = new StepProbe(training, binding, optimizer, arena);
          var slot =
              new BatchSlot(training.data.train(), new Augmentation.None(), 0, trace.sizes.batch)) {
        var method = new Overheard(rates, heard);
        var step =
            new TrainingStep(
                training,
                new Alone(),
                binding,
                optimizer,
                onlookers,
                method,
                training.method.start(training.network, training.data),
                Optional.of(probe),
                arena);
        var batch = slot.fill(new Selection(0, indices(trace.steps.get(number).batch)));
        var outcome = step.run(batch, number, new Onlookers.Place(1, 1));
        assertThat(outcome).isInstanceOf(TrainingStep.Made.class);
      }
    }
  }

  private static void follow(Trace trace, Taken taken) {
    for (int number = 0; number < trace.steps.size(); number++) {
      Step expected = trace.steps.get(number);
      taken.step(trace, number);
      requireClose(taken.heard.get(number), doubles(expected.innerProducts), 1e-3);
      requireRates(taken.rates, expected, trace.options.metaRate);
      requireWeights(taken.training.network, expected.weights);
    }
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static int[] indices(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Within a share of the largest. */
  private static void requireClose(double[] found, double[] expected, double share) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(found).containsExactly(expected, within(share * largest));
  }

  private static void requireRates(InstanceMethod.Running rates, Step expected, double metaRate) {
    var memory = rates.state().getFirst().data();
    for (int place = 0; place < expected.batch.size(); place++) {
      assertThat((double) memory.getAtIndex(ValueLayout.JAVA_FLOAT, expected.batch.get(place)))
          .isCloseTo(expected.alphaAfter.get(place), within(1e-3 * metaRate));
    }
  }

  private static void requireWeights(Network network, Map<String, List<Double>> expected) {
    var names = List.of("weight1", "bias1", "weight2", "bias2");
    for (int i = 0; i < names.size(); i++) {
      float[] found = network.parameters().get(i).array().toFloatArray();
      assertThat(found)
          .containsExactly(floats(expected.getOrDefault(names.get(i), List.of())), within(2e-5f));
    }
  }
}
