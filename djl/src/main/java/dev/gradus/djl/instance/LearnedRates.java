package dev.gradus.djl.instance;

import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Products;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * A learning rate for every training instance, every class or both, learned from trusted examples.
 *
 * <p>Why: an instance whose gradient would raise the loss on trusted examples probably has a wrong
 * label, or is unlike what the model is for; its rate falls, and instances that help keep theirs.
 *
 * <pre>
 * every steps:  v  ← memory × v + (1 − memory) × ∇M(w′)   M: mean loss of some trusted examples
 *               pᵢ = ⟨D v, ∇Lᵢ(w)⟩                 D: what the optimizer preconditions a gradient by
 *               aᵢ ← aᵢ + metaRate × pᵢ ÷ scale    for the instances of the batch, within bounds
 * every step:   g  = Σ aᵢ ∇Lᵢ ÷ size of the batch
 *
 * per=class:    a_c ← a_c + metaRate × mean of pᵢ over the instances of class c ÷ scale
 * per=both:     the rate is aᵢ × a_c, and pᵢ counts for each as much as the other says
 * </pre>
 *
 * <p>Without memory the derivative of the trusted loss behind the step by a rate is −learningRate ×
 * pᵢ ÷ size of the batch: exact for SGD with and without momentum. Its constant factor is part of
 * metaRate. A class's inner product is a mean and not a sum, so its rate doesn't depend on how many
 * instances of the class a batch has.
 *
 * <p>Cost: a step on the trusted examples and the inner products, about two forward passes over the
 * batch, every so many steps; 4 bytes for every instance or class, four copies of the weights.
 *
 * <p>Use it with a few hundred examples whose labels are known to be right. Without them, or if
 * they have wrong labels like the others, it learns nothing. Rates of classes are for classes that
 * are too many, or not what the model is for; wrong labels need rates of instances. A run that
 * begins with rates of 1 says behind its fifth epoch if they tell no examples apart: if they differ
 * by less than 0.01, or if their correlation with new inner products is below 0.15.
 *
 * <p>Disagreements: no code of the authors exists; the equations follow the paper's description.
 * Dividing inner products by the largest of the batch is ours, and so is the memory: a few trusted
 * examples say little of an instance, those of the last looks more.
 *
 * <p>Reference: Saxena, Vyas and DeCoste, Training With Data Dependent Dynamic Learning Rates,
 * arXiv 2105.13464.
 *
 * @param metaRate how fast rates are learned, in (0, ∞)
 * @param per what has a rate of its own; with both, rates are multiplied
 * @param largest the largest rate, in (1, ∞)
 * @param parametrisation how a rate changes
 * @param scale what inner products are divided by
 * @param decay how fast rates return to 1, in [0, 1): their distance is multiplied by 1 − decay
 * @param lookahead whether the trusted loss is that after the step, as in the paper, or before it
 * @param every in every how manieth step rates are learned, 1 or more
 * @param trusted how many trusted examples a step looks at, 1 or more
 * @param memory which share of the trusted gradient comes from earlier looks, in [0, 1); 0 for the
 *     exact derivative
 * @param normalised whether the rates of a batch are divided by their mean
 * @param products how inner products are taken: differences, ghost, or the cheaper of the two
 */
@Name("rates")
public record LearnedRates(
    @Range("(0, ∞)") double metaRate,
    Per per,
    @Range("(1, ∞)") double largest,
    Parametrisation parametrisation,
    Scale scale,
    @Range("[0, 1)") double decay,
    boolean lookahead,
    @Range("[1, ∞)") int every,
    @Range("[1, ∞)") int trusted,
    @Range("[0, 1)") double memory,
    boolean normalised,
    Products products)
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
        per,
        largest,
        parametrisation,
        scale,
        decay,
        lookahead,
        every,
        trusted,
        memory,
        normalised,
        products);
  }

  /** Linear rates of instances, up to 2. */
  public LearnedRates() {
    this(
        0.5,
        Per.INSTANCE,
        2,
        Parametrisation.LINEAR,
        Scale.LARGEST,
        0,
        true,
        2,
        32,
        0.9,
        false,
        Products.CHEAPER);
  }

  @Override
  public int trustedBatch() {
    return trusted;
  }

  @Override
  public Running start(DataSet data) {
    return new RatesAtWork(this, RateTable.of(per, data), data.train().size());
  }

  @Override
  public String toString() {
    return RecordType.of(LearnedRates.class).print(this);
  }

  /** A rate after the change that a divided inner product wants. */
  double changed(double rate, double product) {
    double next = parametrisation.changed(rate, metaRate * product, largest);
    return 1 + (next - 1) * (1 - decay);
  }
}
