package dev.gradus.djl.instance;

import dev.gradus.UserException;
import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Probe;
import dev.gradus.djl.data.DataSet;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Map;

/**
 * A learning rate for every training instance, learned from trusted examples.
 *
 * <p>Why: an instance whose gradient would raise the loss on trusted examples probably has a wrong
 * label, or is unlike what the model is for; its rate falls, and instances that help keep theirs.
 *
 * <pre>
 * every steps:  v  = ∇M(w′)                        M: mean loss of some trusted examples
 *               pᵢ = ⟨D v, ∇Lᵢ(w)⟩                 D: what the optimizer preconditions a gradient by
 *               aᵢ ← aᵢ + metaRate × pᵢ ÷ scale    for the instances of the batch, within bounds
 * every step:   g  = Σ aᵢ ∇Lᵢ ÷ size of the batch
 * </pre>
 *
 * <p>The derivative of the trusted loss behind the step by a rate is −learningRate × pᵢ ÷ size of
 * the batch: exact for SGD with and without momentum. Its constant factor is part of metaRate.
 *
 * <p>Cost: a step on the trusted examples and two forward passes over the batch, every so many
 * steps; 4 bytes for every instance, three copies of the weights.
 *
 * <p>Use it with a few hundred examples whose labels are known to be right. Without them, or if
 * they have wrong labels like the others, it learns nothing.
 *
 * <p>Disagreements: no code of the authors exists; the equations follow the paper's description.
 *
 * <p>Reference: Saxena, Vyas and DeCoste, Training With Data Dependent Dynamic Learning Rates,
 * arXiv 2105.13464.
 *
 * @param metaRate how fast rates are learned, in (0, ∞)
 * @param largest the largest rate, in (1, ∞)
 * @param parametrisation how a rate changes
 * @param scale what inner products are divided by
 * @param decay how fast rates return to 1, in [0, 1): their distance is multiplied by 1 − decay
 * @param lookahead whether the trusted loss is that after the step, as in the paper, or before it
 * @param every in every how manieth step rates are learned, 1 or more
 * @param trusted how many trusted examples a step looks at, 1 or more
 * @param normalised whether the rates of a batch are divided by their mean
 */
@Name("rates")
public record LearnedRates(
    @Range("(0, ∞)") double metaRate,
    @Range("(1, ∞)") double largest,
    Parametrisation parametrisation,
    Scale scale,
    @Range("[0, 1)") double decay,
    boolean lookahead,
    @Range("[1, ∞)") int every,
    @Range("[1, ∞)") int trusted,
    boolean normalised)
    implements InstanceMethod {

  /** What inner products are divided by before they change rates. */
  public enum Scale {
    /** Nothing: their own size, which falls with the loss. */
    NONE,
    /** The length of D v, so that they are slopes of the losses along it. */
    LENGTH,
    /** The largest of the batch, so that no rate changes by more than the meta rate. */
    LARGEST
  }

  /** Checks the ranges. */
  public LearnedRates {
    RecordType.check(
        LearnedRates.class,
        metaRate,
        largest,
        parametrisation,
        scale,
        decay,
        lookahead,
        every,
        trusted,
        normalised);
  }

  /** Linear rates up to 2. */
  public LearnedRates() {
    this(0.5, 2, Parametrisation.LINEAR, Scale.LARGEST, 0, true, 2, 32, false);
  }

  @Override
  public int trustedBatch() {
    return trusted;
  }

  @Override
  public Running start(DataSet data) {
    return new AtWork(new Rates("instances/rates", data.train().size()));
  }

  @Override
  public String toString() {
    return RecordType.of(LearnedRates.class).print(this);
  }

  /** The rates of some instances after the change that their inner products want. */
  double changed(double rate, double product) {
    double next = parametrisation.changed(rate, metaRate * product, largest);
    return 1 + (next - 1) * (1 - decay);
  }

  private final class AtWork implements Running {
    private final Rates rates;

    AtWork(Rates rates) {
      this.rates = rates;
    }

    @Override
    public void weigh(Batch part, float[] losses, float[] weights) {
      double mean = normalised ? mean(part) : 1;
      for (int place = 0; place < weights.length; place++) {
        weights[place] *= (float) (rates.get(part.index(place)) / mean);
      }
    }

    /** The mean rate; 1 if all are 0, since nothing can be divided by 0. */
    private double mean(Batch part) {
      double sum = 0;
      for (int place = 0; place < part.size(); place++) {
        sum += rates.get(part.index(place));
      }
      return sum == 0 ? 1 : sum / part.size();
    }

    @Override
    public void before(Batch batch, Probe probe) {
      if (isDue(probe) && !lookahead) {
        probe.aim();
      }
    }

    @Override
    public void after(Batch batch, Probe probe) {
      if (isDue(probe)) {
        if (lookahead) {
          probe.aim();
        }
        learn(batch, probe.innerProducts(batch), divisor(probe));
      }
    }

    private boolean isDue(Probe probe) {
      return probe.step() % every == 0;
    }

    private double divisor(Probe probe) {
      return scale == Scale.LENGTH ? probe.length() : 1;
    }

    private void learn(Batch batch, double[] products, double length) {
      double divisor = scale == Scale.LARGEST ? largest(products) : length;
      for (int place = 0; place < products.length && divisor > 0; place++) {
        int index = batch.index(place);
        double product = products[place] / divisor;
        if (Double.isFinite(product)) {
          rates.set(index, changed(rates.get(index), product));
        }
      }
    }

    private static double largest(double[] products) {
      double largest = 0;
      for (double product : products) {
        largest = Double.isFinite(product) ? Math.max(largest, Math.abs(product)) : largest;
      }
      return largest;
    }

    @Override
    public List<Tensor> state() {
      return List.of(rates.tensor());
    }

    @Override
    public void restore(Map<String, Tensor> saved) {
      Tensor tensor = saved.get(rates.tensor().name());
      if (tensor == null || !tensor.shape().equals(rates.tensor().shape())) {
        throw new UserException(
            "The checkpoint has no learning rates for the instances of these data; begin a new"
                + " run.");
      }
      rates.restore(tensor);
    }
  }
}
