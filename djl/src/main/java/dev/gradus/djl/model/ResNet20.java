package dev.gradus.djl.model;

import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * The residual network of 20 layers for CIFAR-10 (He et al. 2016): a convolution, three stages of
 * three residual blocks, the mean over the image, one linear layer. The second and third stage
 * halve the image and double the channels. Where a shortcut has to change its shape it is a
 * convolution of 1×1 (option B of the paper).
 *
 * @param width channels of the first stage
 */
@Name("resnet20")
public record ResNet20(@Range("[1, 1024]") int width) implements Model {
  private static final int STAGES = 3;
  private static final int BLOCKS = 3;

  /** Checks the range. */
  public ResNet20 {
    RecordType.check(ResNet20.class, width);
  }

  /** 16, 32 and 64 channels, as in the paper. */
  public ResNet20() {
    this(16);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireImages(this, inputShape, task);
    var net = new Layers().convolution("stem", width, 3, 1).relu();
    for (int stage = 0; stage < STAGES; stage++) {
      net.then("stage" + (stage + 1), stage(stage));
    }
    net.meanOverImage().outputs(task.outputs());
    return Network.of(toString(), net, net.normalised());
  }

  private Layers stage(int stage) {
    var blocks = new Layers();
    for (int block = 0; block < BLOCKS; block++) {
      int stride = stage > 0 && block == 0 ? 2 : 1;
      blocks.then("block" + (block + 1), new Residual(width << stage, stride));
    }
    return blocks;
  }

  @Override
  public String toString() {
    return RecordType.of(ResNet20.class).print(this);
  }
}
