package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;

/**
 * The variables of the examples of a part, for each cut: auxiliary variables z, scaled dual
 * variables u, and what the block below makes of its input.
 *
 * <p>Arrays are replaced, never changed.
 */
final class Point {
  private final NDArray inputs;
  private final NDArray[] variables;
  private final NDArray[] duals;
  private final NDArray[] outputs;

  private Point(NDArray inputs, NDArray[] variables, NDArray[] duals, NDArray[] outputs) {
    this.inputs = inputs;
    this.variables = variables;
    this.duals = duals;
    this.outputs = outputs;
  }

  /** Where nothing is known but the inputs. */
  static Point of(NDArray inputs, int cuts) {
    return new Point(inputs, new NDArray[cuts], new NDArray[cuts], new NDArray[cuts]);
  }

  int cuts() {
    return variables.length;
  }

  /** What a block is given. */
  NDArray input(int block) {
    return block == 0 ? inputs : variables[block - 1];
  }

  NDArray variables(int cut) {
    return variables[cut];
  }

  void variables(int cut, NDArray values) {
    variables[cut] = values;
  }

  NDArray duals(int cut) {
    return duals[cut];
  }

  void duals(int cut, NDArray values) {
    duals[cut] = values;
  }

  /** What the block below a cut makes of its input. */
  NDArray outputs(int cut) {
    return outputs[cut];
  }

  void outputs(int cut, NDArray values) {
    outputs[cut] = values;
  }

  /** The same variables, which may be replaced here or there alone. */
  Point copy() {
    return new Point(inputs, variables.clone(), duals.clone(), outputs.clone());
  }
}
