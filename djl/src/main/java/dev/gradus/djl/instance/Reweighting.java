package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Probe;
import dev.gradus.djl.Products;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * Learning to reweight: in every step each example of the batch gets the weight that trusted
 * examples want of it now; nothing is remembered.
 *
 * <pre>
 * pᵢ = ⟨∇M(w), ∇Lᵢ(w)⟩ for the examples of the batch
 * aᵢ = max(pᵢ, 0) ÷ Σ max(p, 0) × size of the batch; all 0 if no example helps
 * </pre>
 *
 * <p>Cost: a step on the trusted examples and the inner products, about two forward passes over the
 * batch, in every step.
 *
 * <p>Disagreements: the authors' code differentiates through a step of plain SGD, and so does this
 * with an SGD; with other rules the inner products are those of the rule's preconditioned step of
 * the time before.
 *
 * <p>Reference: Ren, Zeng, Yang and Urtasun, Learning to Reweight Examples for Robust Deep
 * Learning, ICML 2018.
 *
 * @param trusted how many trusted examples a step looks at, 1 or more
 * @param products how inner products are taken: differences, ghost, or the cheaper of the two
 */
@Name("reweight")
public record Reweighting(@Range("[1, ∞)") int trusted, Products products)
    implements InstanceMethod {
  /** Checks the range. */
  public Reweighting {
    RecordType.check(Reweighting.class, trusted, products);
  }

  /** With 32 trusted examples in a step. */
  public Reweighting() {
    this(32, Products.CHEAPER);
  }

  @Override
  public int trustedBatch() {
    return trusted;
  }

  @Override
  public Running start(DataSet data) {
    return new AtWork(new float[data.train().size()]);
  }

  @Override
  public String toString() {
    return RecordType.of(Reweighting.class).print(this);
  }

  private static final class AtWork implements Running {
    /** Those of the batch under way, by the examples' indices. */
    private final float[] factors;

    private final Notices notices = new Notices();

    AtWork(float[] factors) {
      this.factors = factors;
    }

    @Override
    public void before(Batch batch, Probe probe) {
      probe.aim();
      double[] products = probe.innerProducts(batch);
      notices.products(probe.step(), products);
      double sum = 0;
      for (double product : products) {
        sum += help(product);
      }
      if (sum == 0) {
        notices.nothingCounts(probe.step(), batch.size(), "no example helps the trusted ones");
      }
      double scale = sum == 0 ? 0 : batch.size() / sum;
      for (int place = 0; place < products.length; place++) {
        factors[batch.index(place)] = (float) (help(products[place]) * scale);
      }
    }

    /** 0 for a product that is not finite, which says nothing of its example. */
    private static double help(double product) {
      return product > 0 && Double.isFinite(product) ? product : 0;
    }

    @Override
    public void weigh(Batch part, float[] losses, float[] weights) {
      for (int place = 0; place < weights.length; place++) {
        weights[place] *= factors[part.index(place)];
      }
    }

    @Override
    public List<String> remarks() {
      return notices.taken();
    }
  }
}
