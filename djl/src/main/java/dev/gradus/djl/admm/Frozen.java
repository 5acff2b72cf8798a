package dev.gradus.djl.admm;

import ai.djl.nn.Parameter;
import java.util.List;

/** Parameters that backward passes leave alone until this is closed. */
record Frozen(List<Parameter> parameters) implements AutoCloseable {

  static Frozen of(List<Parameter> parameters) {
    parameters.forEach(parameter -> parameter.getArray().setRequiresGradient(false));
    return new Frozen(parameters);
  }

  @Override
  public void close() {
    parameters.forEach(parameter -> parameter.getArray().setRequiresGradient(true));
  }
}
