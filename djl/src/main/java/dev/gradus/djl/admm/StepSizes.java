package dev.gradus.djl.admm;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How large the steps of the auxiliary variables are.
 *
 * <p>Behind a cut the gradient of a sub-problem changes by at most L = ρ × curvature of the
 * junction + ρ‖J‖² for each unit that the variables move; J is the Jacobian of the block above, and
 * for the last block the second derivative of its loss stands in the place of ρ‖J‖². A step size is
 * stable below 2 / L, and 1 / L is taken where none is given. ρ‖J‖² comes from power iteration:
 * differences of two vector-Jacobian products. It is that of the example where it is largest, so
 * workers use the largest of theirs.
 */
final class StepSizes {
  private static final String NAME = "method/curvatures";
  private static final int ITERATIONS = 12;

  /** How far the variables are moved to see the gradient change, as a share of their length. */
  private static final double DISTANCE = 1e-2;

  /** After so many steps the curvatures are taken again where they choose the step size. */
  private static final int EVERY = 200;

  private final BlockAdmm method;
  private final List<NetworkBlock> blocks;
  private final Penalties penalties;
  private final List<String> remarks = new ArrayList<>();

  /** The curvature of what is above each cut, and behind them how many steps were made. */
  private final MemorySegment memory;

  StepSizes(BlockAdmm method, List<NetworkBlock> blocks, Penalties penalties) {
    this.method = method;
    this.blocks = blocks;
    this.penalties = penalties;
    memory = Arena.ofAuto().allocate((long) blocks.size() * Double.BYTES, Double.BYTES);
  }

  /** A step begins: whether curvatures are measured for it. */
  boolean begin() {
    boolean due = method.isAutomatic() ? steps() % EVERY == 0 : steps() == 0 && method.iterates();
    steps(steps() + 1);
    return cuts() > 0 && due;
  }

  /** The curvature of what is above each cut, at a point. */
  List<Double> curvatures(Passes passes, Point point, GradientCollector collector) {
    return IntStream.range(0, cuts())
        .mapToObj(cut -> curvature(cut, passes, point, collector))
        .toList();
  }

  /** Takes over curvatures; if one of them is not finite, they are measured again. */
  void agreed(List<Double> curvatures) {
    if (!curvatures.stream().allMatch(Double::isFinite)) {
      steps(0);
      return;
    }
    for (int cut = 0; cut < cuts(); cut++) {
      memory.setAtIndex(JAVA_DOUBLE, cut, curvatures.get(cut));
    }
    if (!method.isAutomatic()) {
      check();
    }
  }

  /** The step size behind a cut. */
  double at(int cut) {
    double safe = 1 / steepest(cut);
    return method.isAutomatic() || isUnstable(cut) ? safe : method.stepSize();
  }

  /**
   * By which factor a block's gradients are smaller than those of back-propagation, as far as what
   * is above cuts has no curvature.
   */
  double shrinkage(int block) {
    double factor = 1;
    for (int cut = block; cut < cuts(); cut++) {
      factor *= carried(penalties.at(cut) * at(cut));
    }
    return factor;
  }

  /**
   * How much of a constant gradient the pull of the moved variables carries on: in each step they
   * go a share of the way from where they are to where the pull would be all of it, so 1 − (1 −
   * share)^steps.
   */
  private double carried(double share) {
    double carried = 0;
    for (int step = 0; step < method.steps(); step++) {
      carried += share * (1 - carried);
    }
    return carried;
  }

  private int cuts() {
    return blocks.size() - 1;
  }

  private long steps() {
    return (long) memory.getAtIndex(JAVA_DOUBLE, cuts());
  }

  private void steps(long steps) {
    memory.setAtIndex(JAVA_DOUBLE, cuts(), (double) steps);
  }

  /** L behind a cut. */
  private double steepest(int cut) {
    return penalties.at(cut) * blocks.get(cut).junction().curvature()
        + memory.getAtIndex(JAVA_DOUBLE, cut);
  }

  private boolean isUnstable(int cut) {
    return method.iterates() && method.stepSize() * steepest(cut) >= 2;
  }

  private void check() {
    for (int cut = 0; cut < cuts(); cut++) {
      if (isUnstable(cut)) {
        lower(cut);
      }
    }
  }

  private void lower(int cut) {
    var finding =
        "Behind %s steps of size %.3g are unstable with ρ = %.3g: they must be below %.3g"
            .formatted(blocks.get(cut), method.stepSize(), penalties.at(cut), 2 / steepest(cut));
    if (method.onUnstable() == OnUnstable.REFUSE) {
      throw new UserException("%s; take %.2g or less.".formatted(finding, 1 / steepest(cut)));
    }
    remarks.add("%s, so they are %.2g.".formatted(finding, at(cut)));
  }

  private double curvature(int cut, Passes passes, Point point, GradientCollector collector) {
    var centre = point.variables(cut);
    var before = passes.gradient(cut + 1, centre, point, collector);
    double distance = DISTANCE * (length(centre) + DISTANCE);
    var direction = centre.getManager().randomNormal(centre.getShape());
    double found = 0;
    for (int i = 0; i < ITERATIONS; i++) {
      double length = length(direction);
      if (!(length > 0)) {
        return found;
      }
      var moved = centre.add(direction.mul(distance / length));
      direction = passes.gradient(cut + 1, moved, point, collector).sub(before).div(distance);
      found = length(direction);
    }
    return found;
  }

  private static double length(NDArray array) {
    return Math.sqrt(array.square().sum().getFloat());
  }

  List<String> remarks() {
    var taken = List.copyOf(remarks);
    remarks.clear();
    return taken;
  }

  Tensor state() {
    return new Tensor(NAME, Dtype.F64, List.of((long) blocks.size()), memory);
  }

  void restore(Map<String, Tensor> saved) {
    memory.copyFrom(Saved.of(state(), saved).data());
  }
}
