package dev.gradus.djl;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the weights whose outputs go straight into a normalisation layer: in a sequence of blocks,
 * those of a layer that a normalisation layer follows. What blocks of other kinds do between their
 * children can't be seen, so a layer is not found if a block ends behind it.
 */
final class Normalised {
  private final IdentityHashMap<Block, String> weights = new IdentityHashMap<>();
  private final Set<String> found = new LinkedHashSet<>();
  private @Nullable String last;

  private Normalised(Block block) {
    NamedParameter.of(block).stream()
        .filter(named -> named.parameter().getType() == Parameter.Type.WEIGHT)
        .forEach(named -> weights.put(named.owner(), named.name()));
    visit(block);
  }

  /** The names of the weights. */
  static Set<String> in(Block block) {
    return new Normalised(block).found;
  }

  private void visit(Block block) {
    if (block instanceof SequentialBlock) {
      block.getChildren().values().forEach(this::visit);
    } else if (block.getChildren().isEmpty()) {
      leaf(block);
    } else {
      block.getChildren().values().forEach(this::visitAlone);
      last = null;
    }
  }

  private void visitAlone(Block block) {
    last = null;
    visit(block);
  }

  private void leaf(Block block) {
    if (last != null && (block instanceof BatchNorm || block instanceof LayerNorm)) {
      found.add(last);
    }
    last = weights.get(block);
  }
}
