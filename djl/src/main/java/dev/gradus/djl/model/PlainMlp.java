package dev.gradus.djl.model;

import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.core.Linear;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Set;

/**
 * Linear layers of equal width with an activation behind each, without any normalisation: the
 * network whose gradients vanish.
 *
 * @param width units of each hidden layer
 * @param layers how many hidden layers
 * @param activation what is behind each
 */
@Name("plain-mlp")
public record PlainMlp(
    @Range("[1, 65536]") int width, @Range("[0, 256]") int layers, Bend activation)
    implements Model {

  /** An activation. */
  public enum Bend {
    /** max(x, 0). */
    RELU,
    /** The hyperbolic tangent. */
    TANH,
    /** 1 ÷ (1 + exp(−x)). */
    SIGMOID;

    private Block block() {
      return switch (this) {
        case RELU -> Activation.reluBlock();
        case TANH -> Activation.tanhBlock();
        case SIGMOID -> Activation.sigmoidBlock();
      };
    }
  }

  /** Checks the ranges. */
  public PlainMlp {
    RecordType.check(PlainMlp.class, width, layers, activation);
  }

  /** Two hidden layers of 128 units with ReLU. */
  public PlainMlp() {
    this(128, 2, Bend.RELU);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireNoText(this, task);
    var net = new Layers().then("flatten", Blocks.batchFlattenBlock());
    for (int layer = 1; layer <= layers; layer++) {
      net.then("hidden" + layer, Linear.builder().setUnits(width).build());
      net.then("activation" + layer, activation.block());
    }
    return Network.of(toString(), net.outputs(task.outputs()), Set.of());
  }

  @Override
  public String toString() {
    return RecordType.of(PlainMlp.class).print(this);
  }
}
