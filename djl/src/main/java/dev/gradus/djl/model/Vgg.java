package dev.gradus.djl.model;

import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * A small network in the manner of VGG (Simonyan and Zisserman 2015) with batch normalisation: four
 * stages of one, one, two and two 3×3 convolutions, each stage followed by a halving of the image
 * as long as it can be halved, then the mean over the image, dropout and one linear layer.
 *
 * @param width channels of the first stage; each further one has twice as many
 * @param dropout the share of inputs of the last layer that is silent in a training step
 */
@Name("vgg-bn")
public record Vgg(@Range("[1, 1024]") int width, @Range("[0, 1)") double dropout) implements Model {
  private static final List<Integer> CONVOLUTIONS = List.of(1, 1, 2, 2);

  /** Checks the ranges. */
  public Vgg {
    RecordType.check(Vgg.class, width, dropout);
  }

  /** 32, 64, 128 and 256 channels, half of the last layer's inputs dropped. */
  public Vgg() {
    this(32, 0.5);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireImages(this, inputShape, task);
    int halvings = Fit.halvings(inputShape);
    var net = new Layers();
    for (int stage = 0; stage < CONVOLUTIONS.size(); stage++) {
      net.then("stage" + (stage + 1), stage(stage));
      if (stage < halvings) {
        net.halve();
      }
    }
    net.meanOverImage().dropout(dropout).outputs(task.outputs());
    return Network.of(toString(), net, net.normalised());
  }

  private Layers stage(int stage) {
    var layers = new Layers();
    for (int place = 1; place <= CONVOLUTIONS.get(stage); place++) {
      layers.convolution("convolution" + place, width << stage, 3, 1).relu();
    }
    return layers;
  }

  @Override
  public String toString() {
    return RecordType.of(Vgg.class).print(this);
  }
}
