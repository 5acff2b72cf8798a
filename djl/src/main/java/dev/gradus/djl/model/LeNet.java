package dev.gradus.djl.model;

import ai.djl.nn.Blocks;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * A small convolutional network: three times a 3×3 convolution, batch normalisation, a ReLU and a
 * halving of the image as long as it can be halved, then one linear layer.
 *
 * @param width channels of the first convolution; the others have two and four times as many
 * @param dropout the share of inputs of the last layer that is silent in a training step
 */
@Name("lenet-bn")
public record LeNet(@Range("[1, 4096]") int width, @Range("[0, 1)") double dropout)
    implements Model {
  private static final int STAGES = 3;

  /** Checks the ranges. */
  public LeNet {
    RecordType.check(LeNet.class, width, dropout);
  }

  /** 16, 32 and 64 channels, without dropout. */
  public LeNet() {
    this(16, 0);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireImages(this, inputShape, task);
    int halvings = Fit.halvings(inputShape);
    var net = new Layers();
    for (int stage = 0; stage < STAGES; stage++) {
      net.convolution("convolution" + (stage + 1), width << stage, 3, 1).relu();
      if (stage < halvings) {
        net.halve();
      }
    }
    net.then("flatten", Blocks.batchFlattenBlock()).dropout(dropout).outputs(task.outputs());
    return Network.of(toString(), net, net.normalised());
  }

  @Override
  public String toString() {
    return RecordType.of(LeNet.class).print(this);
  }
}
