package dev.gradus.djl.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What {@code fixture.py} has made, and the network and the data that it was made of. */
final class Fixture {
  static final List<Long> INPUT = List.of(1L, 4L, 4L);
  static final int BATCH = 8;
  private static final int PIXELS = 16;
  private static final int CLASSES = 3;

  private Fixture() {}

  static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixture.class.getResource(name)).toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The losses that PyTorch got with an optimizer. */
  static List<Double> losses(String file, String optimizer) throws IOException {
    var record = JsonParser.parseString(Files.readString(file(file))).getAsJsonObject();
    return record.getAsJsonArray(optimizer).asList().stream()
        .map(JsonElement::getAsDouble)
        .toList();
  }

  /** The layers of {@code Net}. */
  static Block block() {
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setFilters(2)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .optBias(false)
                .build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(6).build())
        .add(LayerNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(CLASSES).build());
  }

  static float[] targets(int step) {
    var targets = new float[BATCH];
    for (int example = 0; example < BATCH; example++) {
      targets[example] = (5 * example + step) % CLASSES;
    }
    return targets;
  }

  static float[] images(int step) {
    var targets = targets(step);
    var images = new float[BATCH * PIXELS];
    for (int place = 0; place < images.length; place++) {
      long number = ((long) step * BATCH * PIXELS + place) * 7919 % 1009;
      int bright = place % PIXELS % CLASSES == targets[place / PIXELS] ? 1 : 0;
      images[place] = (float) (number / 1009.0 + bright);
    }
    return images;
  }
}
