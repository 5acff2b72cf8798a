package dev.gradus.djl.admm;

import ai.djl.engine.Engine;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import dev.gradus.djl.Batch;
import dev.gradus.djl.BatchPart;
import dev.gradus.djl.Network;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.safetensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Block-ADMM in one run. */
final class BlockAdmmAtWork implements TrainingMethod.Running {
  private final BlockAdmm method;
  private final Network network;
  private final List<NetworkBlock> blocks;
  private final List<Parameter> parameters;
  private final Memory memory;
  private final LabelledExamples labelled;
  private final Penalties penalties;
  private final StepSizes sizes;
  private final Residuals residuals;
  private final VariableSteps variableSteps;
  private final WeightGradients weightGradients;
  private double multiplier = 1;

  BlockAdmmAtWork(
      BlockAdmm method,
      Network network,
      List<NetworkBlock> blocks,
      Memory memory,
      LabelledExamples labelled) {
    this.method = method;
    this.network = network;
    this.blocks = blocks;
    this.memory = memory;
    this.labelled = labelled;
    parameters = blocks.stream().flatMap(block -> block.parameters().stream()).toList();
    penalties = new Penalties(method.rho(), method.rhoRatio(), blocks.size() - 1);
    sizes = new StepSizes(method, blocks, penalties);
    residuals = new Residuals(blocks);
    variableSteps = new VariableSteps(method, blocks, sizes, penalties);
    weightGradients = new WeightGradients(method, sizes, residuals);
  }

  @Override
  public void weigh(Batch examples, float[] weights) {
    labelled.weigh(examples, weights);
  }

  @Override
  public void scheduled(double multiplier) {
    this.multiplier = multiplier;
  }

  @Override
  public boolean measures() {
    memory.begin();
    return sizes.begin();
  }

  @Override
  public List<Double> measure(BatchPart part) {
    var curvatures = new ArrayList<Double>();
    try (var collector = Engine.getInstance().newGradientCollector();
        var _ = Frozen.of(parameters)) {
      var passes = passes(part);
      part.keepingStatistics(
          () -> {
            var point = recalled(passes.forward().point(), passes);
            curvatures.addAll(sizes.curvatures(passes, point, collector));
          });
    }
    return curvatures;
  }

  @Override
  public void agreed(List<Double> curvatures) {
    sizes.agreed(curvatures);
  }

  @Override
  public double gradients(BatchPart part, int update) {
    if (part.first() == 0) {
      residuals.forget();
    }
    try (var collector = Engine.getInstance().newGradientCollector()) {
      var passes = passes(part);
      var forward = forward(passes, update);
      double loss = forward.loss().value();
      if (Double.isFinite(loss)) {
        part.keepingStatistics(() -> iterate(forward.point(), passes, collector));
      }
      return loss;
    }
  }

  /** An ordinary forward pass; the first in a step is the one that running statistics see. */
  private Passes.Forward forward(Passes passes, int update) {
    try (var _ = Frozen.of(parameters)) {
      if (update == 0) {
        return passes.forward();
      }
      var forward = new ArrayList<Passes.Forward>();
      passes.part().keepingStatistics(() -> forward.add(passes.forward()));
      return forward.getFirst();
    }
  }

  /** A point with what is remembered of its examples. */
  private Point recalled(Point point, Passes passes) {
    var part = passes.part();
    if (memory.recall(part.examples(), part.first(), point)) {
      passes.refresh(point);
    }
    return point;
  }

  private void iterate(Point forward, Passes passes, GradientCollector collector) {
    var part = passes.part();
    Point point;
    Point start;
    try (var _ = Frozen.of(parameters)) {
      point = recalled(forward, passes);
      start = point.copy();
      variableSteps.take(point, passes, collector);
    }
    weightGradients.add(start, point, passes, collector);
    for (int cut = 0; cut < point.cuts(); cut++) {
      blocks.get(cut).learning().learn(point.variables(cut), point.outputs(cut), multiplier);
    }
    memory.keep(part.examples(), part.first(), point);
  }

  /** The step of the dual variables, unless the variables will be forgotten. */
  @Override
  public void updated(BatchPart part, int update) {
    boolean last = update == method.iterations() - 1;
    if (method.duals() && (method.batch() || !last)) {
      part.keepingStatistics(() -> moveDuals(passes(part)));
    }
  }

  private void moveDuals(Passes passes) {
    var part = passes.part();
    try (var _ = Frozen.of(parameters)) {
      var point = memory.kept(part.examples(), part.first(), part.inputs());
      passes.refresh(point);
      for (int cut = 0; cut < point.cuts(); cut++) {
        point.duals(cut, passes.residual(point, cut));
      }
      memory.keep(part.examples(), part.first(), point);
    }
  }

  private Passes passes(BatchPart part) {
    return new Passes(network, blocks, part, penalties);
  }

  @Override
  public Optional<String> divergence() {
    return residuals.divergence();
  }

  @Override
  public Map<String, Map<String, Double>> measured() {
    var measured = residuals.measured(penalties);
    blocks.forEach(
        block ->
            measured.computeIfPresent(
                block.name(), (_, figures) -> joined(figures, block.learning().measured())));
    return measured;
  }

  private static Map<String, Double> joined(Map<String, Double> some, Map<String, Double> more) {
    var all = new LinkedHashMap<>(some);
    all.putAll(more);
    return all;
  }

  @Override
  public List<String> remarks() {
    var remarks = new ArrayList<>(labelled.remarks());
    remarks.addAll(sizes.remarks());
    blocks.forEach(block -> remarks.addAll(block.learning().remarks()));
    return remarks;
  }

  @Override
  public List<Tensor> state() {
    var state = new ArrayList<>(memory.state());
    state.add(sizes.state());
    blocks.forEach(block -> state.addAll(block.learning().state()));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    memory.restore(saved);
    sizes.restore(saved);
    blocks.forEach(block -> block.learning().restore(saved));
  }
}
