package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A dictionary that learns with every batch from its scores and activations. */
final class DictionaryLearning implements Learning {

  /** What rounding leaves below 0. */
  private static final float ROUNDING = -1e-5f;

  private final DeepFacto method;
  private final Parameter dictionary;
  private final IdleFactors idle;
  private boolean begun;
  private double zeros;

  /**
   * For a layer.
   *
   * @param name what the layer is called
   * @param dictionary a factor a row; only zeros if it has learned nothing
   */
  DictionaryLearning(DeepFacto method, String name, Parameter dictionary) {
    this.method = method;
    this.dictionary = dictionary;
    idle = new IdleFactors(name, (int) dictionary.getShape().get(0));
  }

  private NDArray rows() {
    return dictionary.getArray();
  }

  @Override
  public void begin(NDArray outputs, NetworkBlock below) {
    float lowest = outputs.min().getFloat();
    if (lowest < ROUNDING) {
      throw new UserException(
          "The outputs of %s go down to %.3g, but factors stand for none below 0; put a ReLU at its end."
              .formatted(below, lowest));
    }
    if (!begun && rows().max().getFloat() == 0) {
      var start = new DictionaryStart(method.init(), method.update(), seed(below));
      put(start.rows(Rows.of(outputs).rows(), (int) rows().size(0)), outputs);
    }
    begun = true;
  }

  /** Random numbers follow from the initial weights, and so from the seed of the run. */
  private static long seed(NetworkBlock below) {
    return Arrays.hashCode(below.parameters().getFirst().getArray().toFloatArray());
  }

  private void put(float[][] rows, NDArray beside) {
    beside.getManager().create(rows).copyTo(rows());
  }

  /** Learns, brings rows to length 1, and replaces idle factors. */
  @Override
  public void learn(NDArray scores, NDArray outputs, double multiplier) {
    double pace = Math.min(1, method.pace() * multiplier);
    var next = method.update().next(rows(), scores, outputs, scores.transpose(), pace);
    var lengths = next.square().sum(new int[] {1}).sqrt();
    var dead = lengths.eq(0).toType(lengths.getDataType(), false);
    next.div(lengths.add(dead).expandDims(1)).copyTo(rows());
    zeros = scores.eq(0).toType(lengths.getDataType(), false).mean().getFloat();
    idle.replace(rows(), scores.mul(lengths), outputs, multiplier);
  }

  @Override
  public Map<String, Double> measured() {
    return Map.of("zeroScores", zeros);
  }

  @Override
  public List<String> remarks() {
    return idle.remarks();
  }

  @Override
  public List<Tensor> state() {
    return List.of(idle.state());
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    idle.restore(saved);
  }
}
