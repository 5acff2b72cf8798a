package dev.gradus.djl.admm;

import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import dev.gradus.UserException;
import dev.gradus.djl.NetworkLayer;
import java.util.Set;

/**
 * Whether outputs of a block may be below 0, as far as its last layers tell. What they do not tell,
 * the first batch does.
 */
final class NonNegativeOutputs {
  /** Functions, by DJL's names, through which numbers keep their signs. */
  private static final Set<String> KEEPING =
      Set.of(
          "identity",
          "batchFlatten",
          "maxPool1d",
          "maxPool2d",
          "maxPool3d",
          "avgPool1d",
          "avgPool2d",
          "avgPool3d",
          "globalMaxPool1d",
          "globalMaxPool2d",
          "globalMaxPool3d",
          "globalAvgPool1d",
          "globalAvgPool2d",
          "globalAvgPool3d");

  /** Functions, by DJL's names, that give numbers of both signs. */
  private static final Set<String> SIGNED =
      Set.of("Tanh", "softSign", "LeakyReLU", "ELU", "SELU", "GELU", "Swish", "Mish");

  private NonNegativeOutputs() {}

  /**
   * Refuses a block that is known to have outputs of both signs.
   *
   * @throws UserException naming it and the layer
   */
  static void require(NetworkBlock block) {
    for (NetworkLayer layer : block.layers().reversed()) {
      if (isSigned(layer.block())) {
        throw new UserException(
            "Layer %s at the end of %s gives numbers below 0, but factors stand for none; put a ReLU behind it."
                .formatted(layer.name(), block));
      }
      if (!isKeeping(layer.block())) {
        return;
      }
    }
  }

  private static boolean isKeeping(Block layer) {
    return layer instanceof Dropout
        || (layer instanceof LambdaBlock function && KEEPING.contains(function.getName()));
  }

  private static boolean isSigned(Block layer) {
    return switch (layer) {
      case Linear _, Convolution _, BatchNorm _, LayerNorm _ -> true;
      case LambdaBlock function -> SIGNED.contains(function.getName());
      default -> false;
    };
  }
}
