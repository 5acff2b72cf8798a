package dev.gradus.djl.instance;

import dev.gradus.djl.InstanceMethod;
import dev.gradus.text.Catalogue;
import java.util.List;

/** The instance methods that text may name. */
public final class InstanceMethods {
  /** Every method of this package. */
  public static final Catalogue<InstanceMethod> CATALOGUE =
      new Catalogue<>(
          "instance method",
          InstanceMethod.class,
          List.of(
              LearnedRates.class,
              Reweighting.class,
              LossWeighting.class,
              DataParameters.class,
              SmallLosses.class));

  private InstanceMethods() {}

  /**
   * Reads a method.
   *
   * @param text such as {@code rates(metaRate=0.2)}
   * @return the method
   * @throws dev.gradus.text.TextException pointing at the character where reading stopped
   */
  public static InstanceMethod parse(String text) {
    return CATALOGUE.single(text);
  }
}
