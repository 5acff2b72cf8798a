package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.equation.Pipeline;
import dev.gradus.rule.Preconditioner;
import java.util.List;

/** The optimizer of one run, over all parameters that are trained. */
final class RunOptimizer {
  private RunOptimizer() {}

  static Optimizer of(Training training, ParameterBinding binding, long totalSteps) {
    var builder = Optimizer.of(binding.parameters()).checkFinite().totalSteps(totalSteps);
    var network = training.network;
    new Rescaling(groups(training), network.name(), network.normalised())
        .over(binding.parameters())
        .forEach(builder::group);
    var built = builder.threads(training.optimizerThreads).build();
    try {
      Measured.require(built.metrics(), training.data);
      return built;
    } catch (UserException mistake) {
      built.close();
      throw mistake;
    }
  }

  /** The groups of the run; who asks how gradients move weights needs the preconditioner. */
  private static List<Group> groups(Training training) {
    return training.instances.trustedBatch() == 0
        ? training.groups
        : training.groups.stream().map(RunOptimizer::preconditioned).toList();
  }

  private static Group preconditioned(Group group) {
    return group.with(group.pipeline().then(Pipeline.of(new Preconditioner())));
  }
}
