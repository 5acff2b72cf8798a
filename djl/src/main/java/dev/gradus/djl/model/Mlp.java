package dev.gradus.djl.model;

import ai.djl.nn.Blocks;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * Linear layers, each with batch normalisation, a ReLU and dropout, for inputs of any shape.
 *
 * @param width units of the first hidden layer; each further one has half of the one before
 * @param layers how many hidden layers
 * @param dropout the share of hidden units that is silent in a training step
 */
@Name("mlp")
public record Mlp(
    @Range("[2, 65536]") int width, @Range("[0, 16]") int layers, @Range("[0, 1)") double dropout)
    implements Model {

  /** Checks the ranges. */
  public Mlp {
    RecordType.check(Mlp.class, width, layers, dropout);
  }

  /** Two hidden layers of 256 and 128 units. */
  public Mlp() {
    this(256, 2, 0);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireNoText(this, task);
    var net = new Layers().then("flatten", Blocks.batchFlattenBlock());
    for (int layer = 0; layer < layers; layer++) {
      net.hidden("hidden" + (layer + 1), Math.max(2, width >> layer)).relu().dropout(dropout);
    }
    return Network.of(toString(), net.outputs(task.outputs()), net.normalised());
  }

  @Override
  public String toString() {
    return RecordType.of(Mlp.class).print(this);
  }
}
