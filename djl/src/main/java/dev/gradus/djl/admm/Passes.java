package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import dev.gradus.djl.BatchPart;
import dev.gradus.djl.Network;
import dev.gradus.djl.PartLoss;
import java.util.List;

/** Passes of a part of a batch through single blocks, none of which leaves its block. */
final class Passes {
  private final Network network;
  private final List<NetworkBlock> blocks;
  private final BatchPart part;
  private final Penalties penalties;

  Passes(Network network, List<NetworkBlock> blocks, BatchPart part, Penalties penalties) {
    this.network = network;
    this.blocks = blocks;
    this.part = part;
    this.penalties = penalties;
  }

  /** What came of an ordinary forward pass. */
  record Forward(Point point, PartLoss loss) {}

  /** Passes all blocks; dual variables are 0. */
  Forward forward() {
    int cuts = blocks.size() - 1;
    var point = Point.of(part.inputs(), cuts);
    for (int cut = 0; cut < cuts; cut++) {
      var outputs = outputs(cut, point.input(cut)).stopGradient();
      blocks.get(cut).learning().begin(outputs, blocks.get(cut));
      point.outputs(cut, outputs);
      point.variables(cut, blocks.get(cut).junction().passed(outputs));
      point.duals(cut, outputs.zerosLike());
    }
    return new Forward(point, part.loss(outputs(cuts, point.input(cuts))));
  }

  /** What a block makes of some input. */
  NDArray outputs(int block, NDArray input) {
    part.seed(block);
    return blocks.get(block).outputs(network, input);
  }

  /** What the blocks below the cuts make of the inputs they have at a point. */
  void refresh(Point point) {
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.outputs(cut, outputs(cut, point.input(cut)).stopGradient());
    }
  }

  /** The outputs below a cut that its variables stand for. */
  NDArray standsFor(Point point, int cut) {
    return blocks.get(cut).junction().outputsOf(point.variables(cut));
  }

  /** How far that is from the outputs, with the duals. */
  NDArray residual(Point point, int cut) {
    return standsFor(point, cut).sub(point.outputs(cut)).add(point.duals(cut));
  }

  /**
   * What a block is to make small: the sum of the examples' losses for the last, ρ/2 times the
   * squared distance from where the cut behind it wants its outputs for others.
   */
  NDArray objective(int block, NDArray outputs, Point point) {
    if (block == point.cuts()) {
      return part.loss(outputs).sum().div(part.share());
    }
    var wanted = standsFor(point, block).add(point.duals(block));
    return outputs.sub(wanted).square().sum().mul(penalties.at(block) / 2);
  }

  /** The gradient of a block's objective by its input, while its weights are frozen. */
  NDArray gradient(int block, NDArray input, Point point, GradientCollector collector) {
    var leaf = input.stopGradient();
    leaf.setRequiresGradient(true);
    collector.backward(objective(block, outputs(block, leaf), point));
    return leaf.getGradient();
  }

  BatchPart part() {
    return part;
  }
}
