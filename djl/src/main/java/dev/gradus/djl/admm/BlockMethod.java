package dev.gradus.djl.admm;

import dev.gradus.djl.TrainingMethod;
import dev.gradus.text.Catalogue;
import java.util.List;

/** A method that trains a network block by block. */
public sealed interface BlockMethod extends TrainingMethod permits BlockAdmm, DeepFacto {

  /** All of them, by the names under which text may name them. */
  Catalogue<BlockMethod> CATALOGUE =
      new Catalogue<>(
          "training method",
          BlockMethod.class,
          List.of(BlockAdmm.class, DeepFacto.class),
          Constraint.CATALOGUE,
          Cuts.CATALOGUE);

  /**
   * Reads a method.
   *
   * @param text such as {@code block-admm(cuts=balanced(4), rho=0.1)} or {@code deepfacto}
   * @return the method
   * @throws dev.gradus.text.TextException pointing at the character where reading stopped
   */
  static BlockMethod parse(String text) {
    return CATALOGUE.single(text);
  }
}
