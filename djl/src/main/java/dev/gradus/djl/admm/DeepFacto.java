package dev.gradus.djl.admm;

import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DeepFacto: a network with a {@link FactorLayer} in it is trained together with the layer's
 * dictionary, by block-ADMM. Factors learn to stand for activations and to serve the layers behind
 * them at once.
 *
 * <pre>
 * A: what comes before the layer, 0 or more; S: scores, M: dictionary, both 0 or more
 * for every batch:   S ← nearest scores for A, in the layer's iterations
 *   steps times:     S′ ← max(0, S′ − (∇ℓ + ρ ((S′ M − A) Mᵀ + price)) ÷ L), beginning with S,
 * of which each example keeps the largest, as many as it may use
 *   weights behind:  ∇ of the mean of ℓ
 *   weights before:  ∇ of the mean of ρ/2 ‖A − S M‖² + ρ / c × ½‖A₀ + (S′ − S) M − A‖²
 *                    where c = 1 − (1 − ρ / L)^steps
 *   M:               one update towards A ≈ S′ M, at pace × the schedule's multiplier;
 * rows to length 1
 * </pre>
 *
 * <p>A factor that no example uses for as long as 100 steps at the whole learning rate begins anew
 * as the activations of the example for which the others stand worst. The dictionary begins from
 * the first batch of a run, unless the network brings one along.
 *
 * <p>With {@code labelled} below 1 it is weakly supervised: only the labels of some examples are
 * looked at, the factorisation learns from all. These are the examples whose name, hashed with
 * {@code labelSeed}, falls into the share; the loss is the mean over them, and is 0 for the others.
 *
 * <p>Cost: three to four times ordinary training of a small network. It needs one process: a
 * dictionary learns from whole batches. Of a batch in parts each part makes an update of it.
 *
 * <p>Disagreements: the publication's text beyond its abstract was not at hand. What scores cannot
 * stand for is weighed by ρ alone, not scaled up as the rest of a block's pull: scaled up it would
 * be all that layers below learn. The layer is ordinary non-negative matrix factorisation, joined
 * to its neighbours as {@link BlockAdmm} joins blocks; there are no dual variables, which online
 * and with one iteration have no effect.
 *
 * <p>Reference: Khorram, Fu, Danesh, Qi and Li, Stochastic Block-ADMM for Training Deep Networks,
 * arXiv 2105.00339, 2021.
 *
 * @param rho what half the squared distance of S × M from A costs beside the loss, in (0, ∞)
 * @param steps how many steps the scores make towards a smaller loss, 1 or more
 * @param inputs whether the layers behind are trained at these scores, or at those that a forward
 *     pass finds
 * @param init how the dictionary begins
 * @param update how the dictionary learns
 * @param pace which share of the largest safe change the dictionary makes with a batch, in (0, 1];
 *     it follows the schedule of the learning rate, but not beyond 1
 * @param labelled about which share of the training examples has a label, in (0, 1]
 * @param labelSeed decides which
 */
@Name("deepfacto")
public record DeepFacto(
    @Range("(0, ∞)") double rho,
    @Range("[1, ∞)") int steps,
    BlockInputs inputs,
    FirstDictionary init,
    DictionaryUpdate update,
    @Range("(0, 1]") double pace,
    @Range("(0, 1]") double labelled,
    long labelSeed)
    implements BlockMethod {

  /** What the distance of S × M from A costs, if nobody says. */
  public static final double DEFAULT_RHO = 0.02;

  /** Checks the ranges. */
  public DeepFacto {
    RecordType.check(DeepFacto.class, rho, steps, inputs, init, update, pace, labelled, labelSeed);
  }

  /** One step of the scores, projected updates from singular vectors, all labels. */
  public DeepFacto() {
    this(
        DEFAULT_RHO,
        1,
        BlockInputs.FORWARD,
        FirstDictionary.NNDSVD,
        DictionaryUpdate.PROJECTED,
        0.2,
        1,
        0);
  }

  /**
   * The same with one option changed.
   *
   * @param option the name of a component, such as {@code rho}
   * @param value its value
   * @return the changed method
   * @throws UserException if the value is out of range
   */
  public DeepFacto with(String option, Object value) {
    return RecordType.of(DeepFacto.class).with(this, option, value);
  }

  @Override
  public boolean sharesBatches() {
    return false;
  }

  @Override
  public void requireSharing() {
    throw new UserException(
        "%s can't be shared by several workers, since its dictionary learns from whole batches; train with one worker."
            .formatted(this));
  }

  @Override
  public boolean usesAllLabels() {
    return labelled == 1;
  }

  @Override
  public void require(Network network) {
    blocks(network);
  }

  @Override
  public Running start(Network network, DataSet data) {
    return new BlockAdmmAtWork(
        joint(),
        network,
        blocks(network),
        Memory.NONE,
        LabelledExamples.of(data.train(), labelled, labelSeed));
  }

  /** How scores and weights are trained, the dictionary aside. */
  private BlockAdmm joint() {
    return new BlockAdmm().with("rho", rho).with("steps", steps).with("inputs", inputs);
  }

  private List<NetworkBlock> blocks(Network network) {
    var layers = NetworkLayer.of(network);
    var behind =
        IntStream.range(1, layers.size())
            .filter(place -> layers.get(place - 1).block() instanceof FactorLayer)
            .mapToObj(place -> layers.get(place).name())
            .toList();
    if (behind.isEmpty()) {
      throw new UserException(
          "The network %s has no layer of factors in front of another; take the model factorised, or put a FactorLayer into it."
              .formatted(network.name()));
    }
    var blocks = new Cutting(network, this::junction).at(new Cuts.Before(behind));
    blocks.subList(0, blocks.size() - 1).forEach(NonNegativeOutputs::require);
    return blocks;
  }

  private Junction junction(NetworkLayer layer) {
    return layer.block() instanceof FactorLayer factors
        ? factors.junction(rho, new DictionaryLearning(this, layer.name(), factors.parameter()))
        : new Junction.Equal(new Constraint.Free());
  }

  @Override
  public String toString() {
    return RecordType.of(DeepFacto.class).print(this);
  }
}
