package dev.gradus.djl;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The layers of a network one after the other, as far as it is known of each that it computes every
 * example by itself, and that its output is linear in its parameters.
 */
final class LayerSequence {
  private static final Set<Class<?>> LAYERS =
      Set.of(
          Linear.class, Conv1d.class, Conv2d.class, Conv3d.class, LayerNorm.class, Dropout.class);

  /** What DJL calls its functions without parameters; those of others have no name or another. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "identity",
          "batchFlatten",
          "ReLU",
          "ReLU6",
          "sigmoid",
          "Tanh",
          "softPlus",
          "softSign",
          "LeakyReLU",
          "ELU",
          "SELU",
          "GELU",
          "Swish",
          "Mish",
          "maxPool1d",
          "maxPool2d",
          "maxPool3d",
          "avgPool1d",
          "avgPool2d",
          "avgPool3d",
          "lpPool1d",
          "lpPool2d",
          "lpPool3d",
          "globalMaxPool1d",
          "globalMaxPool2d",
          "globalMaxPool3d",
          "globalAvgPool1d",
          "globalAvgPool2d",
          "globalAvgPool3d",
          "globalLpPool1d",
          "globalLpPool2d",
          "globalLpPool3d");

  private final List<Block> layers = new ArrayList<>();
  private final List<String> obstacles = new ArrayList<>();

  private LayerSequence(Block block) {
    if (isCoupling(block)) {
      obstacles.add("batch normalisation makes every loss depend on the whole batch");
    } else {
      visit(block);
    }
  }

  /** Takes a network apart. */
  static LayerSequence of(Block block) {
    return new LayerSequence(block);
  }

  /** The layers; complete if there is no {@link #obstacle}. */
  List<Block> layers() {
    return layers;
  }

  /** Why the network is no such sequence: a clause for a message. */
  Optional<String> obstacle() {
    return obstacles.stream().findFirst();
  }

  private static boolean isCoupling(Block block) {
    return block instanceof BatchNorm
        || block.getChildren().values().stream().anyMatch(LayerSequence::isCoupling);
  }

  private void visit(Block block) {
    if (block instanceof SequentialBlock sequence && !sequence.isReturnIntermediate()) {
      sequence.getChildren().values().forEach(this::visit);
    } else if (isKnown(block) || isBeforeParameters(block)) {
      layers.add(block);
    } else {
      obstacles.add("it is not known what " + name(block) + " does to the examples of a batch");
    }
  }

  private static boolean isKnown(Block block) {
    return LAYERS.contains(block.getClass())
        || block instanceof Embedding
        || (block instanceof LambdaBlock function && FUNCTIONS.contains(function.getName()));
  }

  /** What inputs become before any weight meets them, no gradient depends on. */
  private boolean isBeforeParameters(Block block) {
    return block.getParameters().isEmpty()
        && layers.stream().allMatch(layer -> layer.getParameters().isEmpty());
  }

  private static String name(Block block) {
    return block instanceof LambdaBlock function
        ? "the function " + function.getName()
        : "the block " + block.getClass().getSimpleName();
  }
}
