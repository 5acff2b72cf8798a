package dev.gradus.djl.instance;

import dev.gradus.UserException;
import dev.gradus.djl.Batch;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rates and who has which: an instance its own, or all instances of a class the same. */
record RateTable(Rates rates, Owner owner) {
  /** The tables whose rates are multiplied. */
  static List<RateTable> of(Per per, DataSet data) {
    return switch (per) {
      case INSTANCE -> List.of(ofInstances(data));
      case CLASS -> List.of(ofClasses(data));
      case BOTH -> List.of(ofInstances(data), ofClasses(data));
    };
  }

  private static RateTable ofInstances(DataSet data) {
    return new RateTable(new Rates("instances/rates", data.train().size()), Owner.INSTANCE);
  }

  private static RateTable ofClasses(DataSet data) {
    if (data.task() instanceof Task.Classification task) {
      return new RateTable(new Rates("instances/class-rates", task.classes().size()), Owner.CLASS);
    }
    throw new UserException(
        "Rates per class are for data with classes, not for '%s'; learn one per instance."
            .formatted(data.name()));
  }

  /** The rate of the instance at a place. */
  double rate(Batch batch, int place) {
    return rates.get(owner.of(batch, place));
  }

  /**
   * Changes each rate by the mean of its instances' inner products; what is not finite is not
   * counted.
   */
  void learn(Batch batch, double[] products, LearnedRates method) {
    means(batch, products)
        .forEach(
            (index, wanted) ->
                rates.set(index, method.changed(rates.get(index), wanted.getAverage())));
  }

  private Map<Integer, DoubleSummaryStatistics> means(Batch batch, double[] products) {
    var means = new TreeMap<Integer, DoubleSummaryStatistics>();
    for (int place = 0; place < products.length; place++) {
      if (Double.isFinite(products[place])) {
        means
            .computeIfAbsent(owner.of(batch, place), _ -> new DoubleSummaryStatistics())
            .accept(products[place]);
      }
    }
    return means;
  }
}
