package dev.gradus.djl.admm;

import ai.djl.training.GradientCollector;
import java.util.List;

/**
 * The steps of the auxiliary variables, from the last cut to the first:
 *
 * <pre>
 * e  = what z stands for − f + u
 * z ← nearest(z − stepSize × (∂(objective of the block above) ÷ ∂z + ρ e))
 * </pre>
 */
record VariableSteps(
    BlockAdmm method, List<NetworkBlock> blocks, StepSizes sizes, Penalties penalties) {

  void take(Point point, Passes passes, GradientCollector collector) {
    for (int cut = point.cuts() - 1; cut >= 0; cut--) {
      var apart = point.outputs(cut).sub(passes.standsFor(point, cut));
      for (int step = 0; step < method.steps(); step++) {
        move(cut, point, passes, collector);
      }
      var junction = blocks.get(cut).junction();
      point.duals(cut, junction.duals(point.duals(cut), apart, sizes.shrinkage(cut)));
    }
  }

  private void move(int cut, Point point, Passes passes, GradientCollector collector) {
    var junction = blocks.get(cut).junction();
    var variables = point.variables(cut);
    var above = passes.gradient(cut + 1, variables, point, collector);
    var below = junction.pulled(passes.residual(point, cut)).mul(penalties.at(cut));
    double size = sizes.at(cut);
    point.variables(cut, junction.nearest(variables.sub(above.add(below).mul(size)), size));
  }
}
