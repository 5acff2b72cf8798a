package dev.gradus.djl.model;

import dev.gradus.djl.Network;
import dev.gradus.djl.admm.FactorLayer;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * Another model with a non-negative matrix factorisation in front of its last layer: its answers
 * are made of a few factors that a person can look at. Train it with the method deepfacto.
 *
 * @param model the model; what comes before its last layer must be 0 or more, as behind a ReLU
 * @param rank how many factors, no more than the last layer has inputs
 * @param price what each unit of a score costs; it makes more scores 0
 * @param used which share of the factors an example uses at most, unless scores are equal; rounded
 *     down, but never to none
 * @param iterations in how many projected gradient steps scores are found; below a share of 1 they
 *     are found twice
 */
@Name("factorised")
public record Factorised(
    Model model,
    @Range("[1, 65536]") int rank,
    @Range("[0, ∞)") double price,
    @Range("(0, 1]") double used,
    @Range("[1, 10000]") int iterations)
    implements Model {

  /** Checks the ranges. */
  public Factorised {
    RecordType.check(Factorised.class, model, rank, price, used, iterations);
  }

  /** The usual factors of a multi-layer perceptron. */
  public Factorised() {
    this(
        new Mlp(),
        FactorLayer.DEFAULT_RANK,
        FactorLayer.DEFAULT_PRICE,
        FactorLayer.DEFAULT_USED,
        FactorLayer.DEFAULT_ITERATIONS);
  }

  /**
   * The same with one option changed.
   *
   * @param option the name of a component, such as {@code rank}
   * @param value its value
   * @return the changed model
   * @throws dev.gradus.UserException if the value is out of range
   */
  public Factorised with(String option, Object value) {
    return RecordType.of(Factorised.class).with(this, option, value);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireNoText(this, task);
    try (var plain = model.network(inputShape, task)) {
      var layers =
          ((Layers) plain.block())
              .beforeLast("factors", new FactorLayer(rank, price, used, iterations));
      return Network.of(toString(), layers, plain.normalised());
    }
  }

  @Override
  public String toString() {
    return RecordType.of(Factorised.class).print(this);
  }
}
