package dev.gradus.djl.admm;

import ai.djl.ndarray.types.Shape;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.NetworkLayer;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Stochastic Block-ADMM: the network is cut into blocks joined by auxiliary variables, and each
 * block is trained by the rules of the run towards the variables behind it. No backward pass leaves
 * its block, so gradients don't vanish over many layers, and a cut may be where there is no
 * derivative.
 *
 * <pre>
 * blocks f₁ … f_T, inputs z₀; minimise the mean of ℓ(y, f_T(z_T₋₁)) so that z_t = f_t(z_t₋₁)
 * for every batch:     z_t ← f_t(z_t₋₁), u_t ← 0      an ordinary forward pass; not if batch
 * iterations times:    e_t = z_t − f_t(z_t₋₁) + u_t
 *   t = T−1 … 1, steps times:
 *                      above ← ∇ℓ for t = T−1, −ρ Jᵀe_t₊₁ otherwise       J: Jacobian of f_t₊₁
 *                      z_t ← nearest(z_t − stepSize × (above + ρ e_t))    nearest: the constraint
 *   one update:        ∇ of the mean of ℓ, for others of ρ/2 × the mean of ‖f_t − (z_t + u_t)‖²
 *   if duals:          u_t ← u_t + z_t − f_t(z_t₋₁)     with the new weights
 * </pre>
 *
 * <p>With one iteration and one step, from inputs {@link BlockInputs#FORWARD}, the gradients of
 * block t are (ρ × stepSize)^(T−t) times those of back-propagation; with more steps, where what is
 * above a cut has no curvature, (1 − (1 − ρ × stepSize)^steps)^(T−t) times. {@code scaled} divides
 * them by that factor; without it, rules that don't care about the size of gradients, such as adam,
 * do as well.
 *
 * <p>PyTorch collects the gradients of a process one after the other. All blocks' weights get
 * theirs in one backward pass over the sum of their objectives, which have no weight in common;
 * blocks are computed in turn, and the threads of PyTorch work within them.
 *
 * <p>Cost: about 1.7 times the forward and backward passes of ordinary training for one iteration
 * of one step. Memory: two sets of the outputs at the cuts, for a batch, or for all examples.
 *
 * <p>The loss that is told is that of an ordinary forward pass. Layers that normalise over batches
 * take their running statistics from it alone, and dropout is the same in all passes of a step.
 *
 * <p>Disagreements: the publication's text beyond its abstract was not at hand. Order, duals and
 * the online form follow the usual Gauss-Seidel scheme; figures for it in docs/block-admm.md are
 * ours.
 *
 * <p>Reference: Khorram, Fu, Danesh, Qi and Li, Stochastic Block-ADMM for Training Deep Networks,
 * arXiv 2105.00339, 2021.
 *
 * @param cuts where blocks begin
 * @param rho the penalty ρ of the last cut, in (0, ∞)
 * @param rhoRatio the penalty of every other cut, as a share of that of the cut above it, in (0,
 *     1]; below 1 variables far from the loss follow what is above them more closely
 * @param stepSize how far a step moves variables along their gradient, in [0, ∞); 0 to choose it by
 *     the curvature behind each cut
 * @param steps how many steps the variables make in an iteration, 1 or more
 * @param iterations how often the weights are updated with a batch, 1 or more
 * @param duals whether there are dual variables; online they matter from the second iteration on
 * @param constraint what the variables are kept to
 * @param inputs at which inputs weights are trained
 * @param scaled whether gradients have the size that back-propagation gives them
 * @param batch whether the variables of all examples are remembered from one epoch to the next,
 *     instead of beginning anew in each step
 * @param onUnstable what happens when steps are so large that they grow without bound
 */
@Name("block-admm")
public record BlockAdmm(
    Cuts cuts,
    @Range("(0, ∞)") double rho,
    @Range("(0, 1]") double rhoRatio,
    @Range("[0, ∞)") double stepSize,
    @Range("[1, ∞)") int steps,
    @Range("[1, ∞)") int iterations,
    boolean duals,
    Constraint constraint,
    BlockInputs inputs,
    boolean scaled,
    boolean batch,
    OnUnstable onUnstable)
    implements BlockMethod {

  /** Checks the ranges. */
  public BlockAdmm {
    RecordType.check(
        BlockAdmm.class,
        cuts,
        rho,
        rhoRatio,
        stepSize,
        steps,
        iterations,
        duals,
        constraint,
        inputs,
        scaled,
        batch,
        onUnstable);
  }

  /** Three blocks, online, one step of a chosen size. */
  public BlockAdmm() {
    this(
        new Cuts.Balanced(),
        1,
        1,
        0,
        1,
        1,
        true,
        new Constraint.Free(),
        BlockInputs.CURRENT,
        true,
        false,
        OnUnstable.REFUSE);
  }

  /**
   * The same with one option changed.
   *
   * @param option the name of a component, such as {@code rho}
   * @param value its value
   * @return the changed method
   * @throws dev.gradus.UserException if the value is out of range
   */
  public BlockAdmm with(String option, Object value) {
    return RecordType.of(BlockAdmm.class).with(this, option, value);
  }

  @Override
  public int updates() {
    return iterations;
  }

  @Override
  public boolean sharesBatches() {
    return iterations == 1 && !batch;
  }

  @Override
  public void require(Network network) {
    blocks(network);
  }

  private List<NetworkBlock> blocks(Network network) {
    return new Cutting(network, this::junction).at(cuts);
  }

  private Junction junction(NetworkLayer last) {
    return switch (last.block()) {
      case FactorLayer _ ->
          throw new UserException(
              "The dictionary of layer %s learns by the method deepfacto; train with that."
                  .formatted(last.name()));
      case JunctionLayer layer -> layer.junction();
      default -> new Junction.Equal(constraint);
    };
  }

  @Override
  public Running start(Network network, DataSet data) {
    var blocks = blocks(network);
    return new BlockAdmmAtWork(this, network, blocks, memory(data, blocks), LabelledExamples.ALL);
  }

  private Memory memory(DataSet data, List<NetworkBlock> blocks) {
    if (batch) {
      return new MemoryOfAll(data.train().size(), shapes(data.train().inputShape(), blocks));
    }
    return iterations > 1 ? new MemoryOfBatch() : Memory.NONE;
  }

  /** The shapes of an example's variables and of its duals behind each cut, in turns. */
  private static List<Shape> shapes(List<Long> inputShape, List<NetworkBlock> blocks) {
    var shapes = new ArrayList<Shape>();
    var shape = new Shape(1).addAll(new Shape(inputShape));
    for (NetworkBlock block : blocks.subList(0, blocks.size() - 1)) {
      for (NetworkLayer layer : block.layers()) {
        shape = layer.block().getOutputShapes(new Shape[] {shape})[0];
      }
      var passed = block.junction().passed(shape);
      shapes.add(passed.slice(1));
      shapes.add(shape.slice(1));
      shape = passed;
    }
    return shapes;
  }

  boolean isAutomatic() {
    return stepSize == 0;
  }

  /** Whether the variables do more than to carry gradients of back-propagation. */
  boolean iterates() {
    return steps > 1 || iterations > 1 || batch || inputs == BlockInputs.CURRENT;
  }

  @Override
  public String toString() {
    return RecordType.of(BlockAdmm.class).print(this);
  }
}
