package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Probe;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Learned rates in one run. */
final class RatesAtWork implements InstanceMethod.Running {
  private final LearnedRates method;
  private final List<RateTable> tables;
  private final Notices notices = new Notices();

  /** Nothing for classes, which are many examples, and behind a resume. */
  private Optional<Separation> separation;

  RatesAtWork(LearnedRates method, List<RateTable> tables, long instances) {
    this.method = method;
    this.tables = tables;
    separation =
        method.per() == Per.CLASS ? Optional.empty() : Optional.of(new Separation(instances));
  }

  @Override
  public void weigh(Batch part, float[] losses, float[] weights) {
    double mean = method.normalised() ? mean(part) : 1;
    for (int place = 0; place < weights.length; place++) {
      weights[place] *= (float) (rate(part, place) / mean);
    }
  }

  /** What the instance at a place counts: the product of the rates that it has. */
  private double rate(Batch batch, int place) {
    double rate = 1;
    for (RateTable table : tables) {
      rate *= table.rate(batch, place);
    }
    return rate;
  }

  /** The mean rate; 1 if all are 0, since nothing can be divided by 0. */
  private double mean(Batch part) {
    double sum = sum(part);
    return sum == 0 ? 1 : sum / part.size();
  }

  private double sum(Batch part) {
    double sum = 0;
    for (int place = 0; place < part.size(); place++) {
      sum += rate(part, place);
    }
    return sum;
  }

  @Override
  public void before(Batch batch, Probe probe) {
    if (sum(batch) == 0) {
      notices.nothingCounts(probe.step(), batch.size(), "all learned rates are 0");
    }
    if (isDue(probe) && !method.lookahead()) {
      probe.aim();
    }
  }

  @Override
  public void after(Batch batch, Probe probe) {
    if (isDue(probe)) {
      if (method.lookahead()) {
        probe.aim();
      }
      double[] products = probe.innerProducts(batch);
      notices.products(probe.step(), products);
      learn(batch, products, probe.length());
    }
    separation
        .flatMap(watch -> watch.visited(batch.size()))
        .ifPresent(sentence -> notices.tell(Notices.Kind.NO_SEPARATION, sentence));
  }

  private boolean isDue(Probe probe) {
    return probe.step() % method.every() == 0;
  }

  private void learn(Batch batch, double[] products, double length) {
    double divisor = divisor(products, length);
    if (divisor > 0) {
      separation.ifPresent(watch -> note(batch, products, watch));
      for (int place = 0; place < products.length; place++) {
        products[place] /= divisor;
      }
      var wanted =
          IntStream.range(0, tables.size()).mapToObj(own -> partOf(own, batch, products)).toList();
      for (int own = 0; own < tables.size(); own++) {
        tables.get(own).learn(batch, wanted.get(own), method);
      }
    }
  }

  private void note(Batch batch, double[] products, Separation watch) {
    double largest = Largest.of(products);
    for (int place = 0; place < products.length; place++) {
      watch.note(rate(batch, place), products[place] / largest);
    }
  }

  /** The derivatives by one table's rates: the products times the other rates of each instance. */
  private double[] partOf(int own, Batch batch, double[] products) {
    double[] part = products.clone();
    for (int place = 0; place < part.length; place++) {
      for (int other = 0; other < tables.size(); other++) {
        part[place] *= other == own ? 1 : tables.get(other).rate(batch, place);
      }
    }
    return part;
  }

  private double divisor(double[] products, double length) {
    return switch (method.scale()) {
      case NONE -> 1;
      case LENGTH -> length;
      case LARGEST -> Largest.of(products);
    };
  }

  @Override
  public List<String> remarks() {
    return notices.taken();
  }

  @Override
  public List<Tensor> state() {
    return tables.stream().map(table -> table.rates().tensor()).toList();
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    separation = Optional.empty();
    var rates = tables.stream().map(RateTable::rates).toList();
    rates.forEach(numbers -> numbers.restore(SavedNumbers.of(numbers.tensor(), saved, 0)));
  }
}
