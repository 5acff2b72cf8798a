package dev.gradus.djl.torch;

import dev.gradus.Group;
import dev.gradus.Rules;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Goes on from PyTorch's trainings and exports them half-way. Its main method makes the files that
 * {@code fixture.py continue} reads.
 */
final class Exports {
  static final int FIRST = 10;
  static final int HALF = 15;

  /** By the names of {@code fixture.py}; only its AdamW leaves biases and norms undecayed. */
  static final Map<String, Group> GROUPS = groups();

  private Exports() {}

  private static Map<String, Group> groups() {
    var all = new LinkedHashMap<String, Group>();
    all.put("sgd", group("sgd(momentum=0.9, dampening=0.1, weightDecay=0.01)", 0.05));
    all.put("nesterov", group("sgd(momentum=0.9, nesterov=true)", 0.05));
    all.put("adam", group("adam(weightDecay=0.01)", 0.01));
    all.put("amsgrad", group("amsgrad", 0.01));
    all.put("nadam", group("nadam", 0.01));
    all.put("radam", group("radam(beta2=0.99)", 0.01));
    all.put("rmsprop", group("rmsprop(beta2=0.9, momentum=0.9, centered=true)", 0.005));
    all.put("adagrad", group("adagrad(learningRateDecay=0.01)", 0.05));
    all.put("adadelta", group("adadelta(beta2=0.9)", 1));
    all.replaceAll((_, group) -> group.decayingEverything());
    all.put("adamw", group("adamw(weightDecay=0.1)", 0.01));
    return all;
  }

  static Group group(String pipeline, double learningRate) {
    return Group.all(Rules.parse(pipeline), learningRate);
  }

  /** Takes over what PyTorch has saved after the first steps. */
  static Names begin(Program program, String name, Arena arena) {
    var names =
        StateDict.read(Fixture.file(name + "-model.safetensors"), arena)
            .into(program.network(), Map.of());
    OptimizerState.read(Fixture.file(name + "-optimizer.safetensors"), arena)
        .into(program.optimizer(), names);
    return names;
  }

  static void write(Program program, Names names, Path folder, String name) {
    StateDict.of(program.network().tensors(), names, HALF).write(model(folder, name));
    OptimizerState.of(program.optimizer(), names).write(optimizer(folder, name));
  }

  static Path model(Path folder, String name) {
    return folder.resolve(name + "-exported-model.safetensors");
  }

  static Path optimizer(Path folder, String name) {
    return folder.resolve(name + "-exported-optimizer.safetensors");
  }

  /**
   * Writes all exports.
   *
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) {
    for (var group : GROUPS.entrySet()) {
      try (var arena = Arena.ofConfined();
          var program = new Program(group.getValue())) {
        var names = begin(program, group.getKey(), arena);
        program.train(FIRST, HALF);
        write(program, names, Path.of(arguments[0]), group.getKey());
      }
    }
  }
}
