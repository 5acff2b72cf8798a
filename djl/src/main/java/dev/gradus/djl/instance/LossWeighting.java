package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Probe;
import dev.gradus.djl.Products;
import dev.gradus.djl.data.DataSet;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Loss weighting: a small network learns from trusted examples what weight an example of a given
 * loss should have.
 *
 * <p>Why: whether large losses come from wrong labels, to be left out, or from rare examples, to be
 * learned more, differs from data to data; the trusted examples tell.
 *
 * <pre>
 * every step:   aᵢ = w(Lᵢ)                        w: one hidden layer, values in (0, 1)
 * every steps:  pᵢ = ⟨D ∇M(w′), ∇Lᵢ(w)⟩           M: mean loss of some trusted examples
 *               Θ ← Θ + metaRate × mean of pᵢ ÷ largest |p| × ∂w(Lᵢ) ÷ ∂Θ
 * </pre>
 *
 * <p>−learningRate × mean of pᵢ ∂w(Lᵢ) ÷ ∂Θ is the derivative of the trusted loss behind the step
 * by the small network's numbers Θ; it begins with every weight at ½.
 *
 * <p>Cost: a step on the trusted examples and the inner products, about two forward passes over the
 * batch, every so many steps; three copies of the weights. Nothing is kept of single examples, so
 * the cost in memory doesn't grow with the data, and an example that is seen for the first time has
 * a weight too.
 *
 * <p>Use it where there are far more examples than epochs, so that rates of their own would learn
 * too little. It can't tell two examples of the same loss apart, and names no suspects.
 *
 * <p>Disagreements: the authors use Adam for the small network, 100 hidden units and, in their
 * code, divide the weights of a batch by their sum; here a plain step follows products divided by
 * the largest of the batch, and weights stand as they are. The network sees L ÷ (1 + L) instead of
 * L.
 *
 * <p>Reference: Shu et al., Meta-Weight-Net: Learning an Explicit Mapping for Sample Weighting,
 * NeurIPS 2019.
 *
 * @param metaRate how fast the small network learns, in (0, ∞)
 * @param hidden how many hidden units it has, 1 or more
 * @param every in every how manieth step it learns, 1 or more
 * @param trusted how many trusted examples a step looks at, 1 or more
 * @param products how inner products are taken: differences, ghost, or the cheaper of the two
 */
@Name("loss-weighting")
public record LossWeighting(
    @Range("(0, ∞)") double metaRate,
    @Range("[1, ∞)") int hidden,
    @Range("[1, ∞)") int every,
    @Range("[1, ∞)") int trusted,
    Products products)
    implements InstanceMethod {

  /** Checks the ranges. */
  public LossWeighting {
    RecordType.check(LossWeighting.class, metaRate, hidden, every, trusted, products);
  }

  /** 16 hidden units, taught in every second step. */
  public LossWeighting() {
    this(1, 16, 2, 32, Products.CHEAPER);
  }

  @Override
  public int trustedBatch() {
    return trusted;
  }

  @Override
  public Running start(DataSet data) {
    return new AtWork(new WeightNet("instances/loss-weighting", hidden));
  }

  @Override
  public String toString() {
    return RecordType.of(LossWeighting.class).print(this);
  }

  private final class AtWork implements Running {
    private final WeightNet net;
    private final Notices notices = new Notices();

    /** Those of the batch under way, part by part. */
    private float[] losses = {};

    AtWork(WeightNet net) {
      this.net = net;
    }

    @Override
    public void before(Batch batch, Probe probe) {
      losses = new float[0];
    }

    @Override
    public void weigh(Batch part, float[] ofPart, float[] weights) {
      for (int place = 0; place < weights.length; place++) {
        weights[place] *= (float) net.weight(ofPart[place]);
      }
      int known = losses.length;
      losses = Arrays.copyOf(losses, known + ofPart.length);
      System.arraycopy(ofPart, 0, losses, known, ofPart.length);
    }

    @Override
    public void after(Batch batch, Probe probe) {
      if (probe.step() % every == 0) {
        probe.aim();
        double[] products = probe.innerProducts(batch);
        notices.products(probe.step(), products);
        learn(products);
      }
    }

    private void learn(double[] products) {
      double largest = Largest.of(products);
      var changes = new double[net.size()];
      for (int place = 0; place < products.length && largest > 0; place++) {
        if (Double.isFinite(products[place])) {
          double factor = metaRate * products[place] / largest / products.length;
          net.addDerivatives(losses[place], factor, changes);
        }
      }
      net.add(changes);
    }

    @Override
    public List<String> remarks() {
      return notices.taken();
    }

    @Override
    public List<Tensor> state() {
      return List.of(net.tensor());
    }

    @Override
    public void restore(Map<String, Tensor> saved) {
      net.restore(saved);
    }
  }
}
