package dev.gradus.djl.admm;

import dev.gradus.text.Catalogue;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/** Where a network is cut into blocks. */
public sealed interface Cuts {

  /** Cuts that text may name. */
  Catalogue<Cuts> CATALOGUE = new Catalogue<>("cuts", Cuts.class, List.of(Balanced.class));

  /**
   * Blocks of about equally many weights: the largest is as small as can be. A block begins with a
   * layer that has weights and is no normalisation.
   *
   * @param blocks how many, 1 or more
   */
  @Name("balanced")
  record Balanced(@Range("[1, ∞)") int blocks) implements Cuts {
    /** Checks the range. */
    public Balanced {
      RecordType.check(Balanced.class, blocks);
    }

    /** Three blocks. */
    public Balanced() {
      this(3);
    }

    @Override
    public String toString() {
      return RecordType.of(Balanced.class).print(this);
    }
  }

  /**
   * Blocks that begin with given layers; the first begins with the first layer in any case.
   *
   * @param layers names of layers in their order, such as {@code hidden2}
   */
  @Name("before")
  record Before(List<String> layers) implements Cuts {
    /** Copies the list. */
    public Before {
      layers = List.copyOf(layers);
    }

    /** No cut. */
    public Before() {
      this(List.of());
    }

    @Override
    public String toString() {
      return RecordType.of(Before.class).print(this);
    }
  }
}
