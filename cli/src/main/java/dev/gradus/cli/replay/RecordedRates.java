package dev.gradus.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.UserException;
import dev.gradus.cli.run.Build;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A recorded run with a learning rate for every instance, taken again in double precision with the
 * exact gradient of each example.
 */
final class RecordedRates {
  private final RateSettings settings;
  private final TwoLayers network;
  private final LabelledRows examples;
  private final LabelledRows trusted;
  private final List<String> names;
  private final List<Integer> lengths;
  private final double[] rates;
  private double[] numbers;
  private double[] buffer = {};

  private RecordedRates(Value trace) {
    settings = RateSettings.of(trace.get("options"));
    Value sizes = trace.get("sizes");
    network =
        new TwoLayers(
            sizes.get("inputs").count(),
            sizes.get("hidden").count(),
            sizes.get("classes").count(),
            settings.activation());
    List<Value> parameters = trace.get("parameters").elements();
    names = parameters.stream().map(parameter -> parameter.get("name").text()).toList();
    var values = parameters.stream().map(parameter -> parameter.get("values").numbers()).toList();
    lengths = values.stream().map(array -> array.length).toList();
    requireLengths();
    numbers = values.stream().flatMapToDouble(Arrays::stream).toArray();
    examples = rows(trace, "x", "labels");
    trusted = rows(trace, "metaX", "metaLabels");
    rates = new double[examples.labels().size()];
    Arrays.fill(rates, 1);
  }

  private void requireLengths() {
    if (!lengths.stream().map(Integer::longValue).toList().equals(network.lengths())) {
      throw new UserException(
          "The parameters have %s numbers, but a network of the trace's sizes has %s."
              .formatted(lengths, network.lengths()));
    }
  }

  private LabelledRows rows(Value trace, String inputs, String labels) {
    return LabelledRows.of(
        trace.get(inputs), trace.get(labels), network.inputs(), network.classes());
  }

  /** A copy of a trace with the numbers of Gradus in the places of the recorded ones. */
  static ObjectNode answer(ObjectNode recorded) {
    var run = new RecordedRates(Value.document(recorded));
    var steps = Value.document(recorded).get("steps").elements();
    ObjectNode document = recorded.deepCopy();
    document.put(
        "source",
        "gradus %s, double precision: rates(scale=none)".formatted(Build.current().version()));
    for (int number = 0; number < steps.size(); number++) {
      List<Integer> batch =
          steps.get(number).get("batch").elements().stream()
              .map(index -> index.index(run.rates.length))
              .toList();
      run.step(batch, (ObjectNode) document.withArray("steps").get(number));
    }
    return document;
  }

  private void step(List<Integer> batch, ObjectNode to) {
    double[] before = ratesOf(batch);
    double[] losses = new double[batch.size()];
    double[] gradient = weightedGradient(batch, before, losses);
    double[] next = next(gradient);
    requireFinite(next);
    double[] aim = new double[next.length];
    double metaLoss = trusted.meanLoss(network, settings.lookahead() ? next : numbers, aim);
    double[] behind = new double[next.length];
    trusted.meanLoss(network, next, behind);
    double[] products = products(batch, aim);
    double factor = -settings.learningRate() / batch.size();
    double[] derivative =
        Arrays.stream(products(batch, behind)).map(product -> factor * product).toArray();
    for (int place = 0; place < products.length; place++) {
      rates[batch.get(place)] = settings.changed(before[place], products[place]);
    }
    numbers = next;
    put(to, "losses", losses);
    put(to, "alphaBefore", before);
    to.set("weightedGradient", byName(gradient));
    to.set("weights", byName(next));
    to.put("metaLoss", metaLoss);
    to.set("metaGradient", byName(aim));
    put(to, "innerProducts", products);
    put(to, "exactMetaDerivative", derivative);
    put(to, "alphaAfter", ratesOf(batch));
  }

  private static void put(ObjectNode to, String name, double[] values) {
    var array = to.putArray(name);
    for (double value : values) {
      array.add(value);
    }
  }

  private ObjectNode byName(double[] values) {
    var node = JsonNodeFactory.instance.objectNode();
    int from = 0;
    for (int i = 0; i < names.size(); i++) {
      put(node, names.get(i), Arrays.copyOfRange(values, from, from + lengths.get(i)));
      from += lengths.get(i);
    }
    return node;
  }

  private static void requireFinite(double[] numbers) {
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw new UserException(
          "A weight becomes infinite or no number, which a trace can't hold; lower the learning"
              + " rate or the meta rate.");
    }
  }

  private double[] ratesOf(List<Integer> batch) {
    return batch.stream().mapToDouble(index -> rates[index]).toArray();
  }

  private double[] weightedGradient(List<Integer> batch, double[] weights, double[] losses) {
    var sum = new double[numbers.length];
    var own = new double[numbers.length];
    for (int place = 0; place < losses.length; place++) {
      losses[place] = examples.loss(network, numbers, batch.get(place), own);
      for (int i = 0; i < own.length; i++) {
        sum[i] += weights[place] * own[i] / losses.length;
      }
    }
    return sum;
  }

  /** The weights behind a step of momentum, whose first buffer is the gradient. */
  private double[] next(double[] gradient) {
    boolean first = buffer.length == 0;
    double[] old = buffer;
    buffer =
        IntStream.range(0, gradient.length)
            .mapToDouble(i -> gradient[i] + (first ? 0 : settings.momentum() * old[i]))
            .toArray();
    return IntStream.range(0, gradient.length)
        .mapToDouble(i -> numbers[i] - settings.learningRate() * buffer[i])
        .toArray();
  }

  private double[] products(List<Integer> batch, double[] direction) {
    var own = new double[numbers.length];
    return batch.stream()
        .mapToDouble(
            index -> {
              examples.loss(network, numbers, index, own);
              return IntStream.range(0, own.length).mapToDouble(i -> own[i] * direction[i]).sum();
            })
        .toArray();
  }
}
