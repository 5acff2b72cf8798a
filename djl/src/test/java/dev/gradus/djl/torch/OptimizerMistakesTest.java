package dev.gradus.djl.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.Group;
import dev.gradus.UserException;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Optimizers that are not the same on both sides, each refused in one sentence. */
class OptimizerMistakesTest {
  @TempDir Path folder;
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  private static Group group(String pipeline) {
    return Exports.group(pipeline, 0.01);
  }

  private OptimizerState saved(String name) {
    return OptimizerState.read(Fixture.file(name + "-optimizer.safetensors"), arena);
  }

  private static OptimizerState exported(Group... groups) {
    try (var program = new Program(groups)) {
      return OptimizerState.of(program.optimizer(), Names.usual(program.network().tensors()));
    }
  }

  private AbstractThrowableAssert<?, ?> refused(OptimizerState file, String pipeline) {
    try (var program = new Program(group(pipeline))) {
      var names =
          Names.matching(
              program.network().tensors(),
              StateDict.read(Fixture.file("adam-model.safetensors"), arena),
              Map.of());
      var refused =
          assertThatThrownBy(() -> file.into(program.optimizer(), names))
              .isInstanceOf(UserException.class);
      assertThat(program.optimizer().steps()).isZero();
      return refused;
    }
  }

  @Test
  void rulesThatPyTorchLacks() {
    for (String pipeline :
        List.of(
            "adamp",
            "adam(nesterov=true)",
            "adam(epsilonPlacement=before-correction)",
            "adamw(epsilonPlacement=before-correction)",
            "lion",
            "adam | unit-rows",
            "lamb")) {
      assertThatThrownBy(() -> exported(group(pipeline)))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "PyTorch has no optimizer that computes '"
                  + pipeline
                  + "'; leave its states to Gradus's own checkpoints.");
    }
    assertThat(exported(group("clip-norm(1) | adamw")).groups())
        .extracting(group -> group.options().get("weight_decay"))
        .containsExactly(0.01, 0.0);
  }

  @Test
  void severalRules() {
    assertThatThrownBy(() -> exported(group("adam"), group("sgd").named("*Linear*")))
        .hasMessage(
            "An optimizer of PyTorch has one rule, but the groups here have Adam and SGD; train"
                + " with one rule to export.");
  }

  @Test
  void statesOfAnotherRule() {
    refused(saved("adam"), "sgd(momentum=0.9)")
        .hasMessage(
            "PyTorch's optimizer keeps no momentum_buffer of conv1.weight, but here it has F32[2,"
                + " 1, 3, 3]; train the same network with the same rule and options.");
    refused(saved("amsgrad"), "adam")
        .hasMessage(
            "PyTorch's optimizer kept [max_exp_avg_sq] of conv1.weight, which 'adam' does not"
                + " keep; train with the same rule and options.");
  }

  @Test
  void otherParameters() throws IOException {
    var tensor = Tensor.of("state.0.momentum_buffer", List.of(1L), 1);
    refused(file("[{\"params\": [0, 1]}]", tensor), "sgd(momentum=0.9)")
        .hasMessage(
            "PyTorch's optimizer has 2 parameters, this one 9; make it of model.named_parameters(),"
                + " so that the file tells their names.");
    refused(file("[{\"params\": [0], \"param_names\": [\"head\"]}]", tensor), "sgd")
        .hasMessageStartingWith(
            "PyTorch's optimizer trained other parameters: it lacks [bn1.bias, bn1.weight,")
        .hasMessageEndingWith("and has besides [head]; freeze the same ones here.");
  }

  @Test
  void otherShapes() throws IOException {
    var indices = "[{\"params\": [0, 1, 2, 3, 4, 5, 6, 7, 8]}]";
    var tensor = Tensor.of("state.1.momentum_buffer", List.of(3L), 1, 2, 3);
    refused(file(indices, tensor), "sgd(momentum=0.9)")
        .hasMessage(
            "PyTorch's optimizer keeps F32[3] momentum_buffer of bn1.weight, but here it has"
                + " F32[2]; train the same network with the same rule and options.");
  }

  @Test
  void optimizersThatClimb() throws IOException {
    refused(file("[{\"params\": [], \"maximize\": true}]"), "sgd")
        .hasMessageContaining("maximize=True");
  }

  @Test
  void otherFiles() {
    var model = Fixture.file("adam-model.safetensors");
    assertThatThrownBy(() -> OptimizerState.read(model, arena))
        .isInstanceOf(UserException.class)
        .hasMessage(
            model
                + " is no optimizer's state: its metadata lack param_groups; save them as"
                + " docs/pytorch.md tells.");
    for (String groups : List.of("{}", "[1]", "", "null", "[{", "[null]")) {
      assertThatThrownBy(() -> file(groups))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The file's metadata are not the JSON that docs/pytorch.md tells; save it once"
                  + " more.");
    }
  }

  @Test
  void moreNamesThanParameters() {
    assertThatThrownBy(() -> file("[{\"params\": [0], \"param_names\": [\"a\", \"b\"]}]"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A group of PyTorch's optimizer has 1 parameters but 2 names; save it once more.");
  }

  private int files;

  private OptimizerState file(String groups, Tensor... tensors) throws IOException {
    var file = folder.resolve("optimizer-" + files++);
    SafetensorsWriter.write(file, Map.of("param_groups", groups), List.of(tensors));
    return OptimizerState.read(file, arena);
  }

  @Test
  void otherOptionsAreTold() {
    try (var program = new Program(group("adamw(beta2=0.99, weightDecay=0.1)"))) {
      var names = Exports.begin(program, "adamw", arena);
      assertThat(saved("adamw").otherOptions(program.optimizer(), names))
          .containsExactly("betas was [0.9, 0.999] and is [0.9, 0.99]");
    }
    try (var program = new Program(group("adam(weightDecay=0.01)"))) {
      var names = Exports.begin(program, "adam", arena);
      assertThat(saved("adam").otherOptions(program.optimizer(), names))
          .containsExactly("weight_decay was 0.01 and is 0.0");
    }
  }

  @Test
  void gradientDescentCountsNoSteps() {
    try (var program = new Program(group("sgd(momentum=0.9)"))) {
      Exports.begin(program, "sgd", arena);
      assertThat(program.optimizer().steps()).isOne();
    }
    try (var program = new Program(group("nadam"))) {
      Exports.begin(program, "nadam", arena);
      assertThat(program.optimizer().steps()).isEqualTo(10);
    }
  }

  @Test
  void parametersWithoutAStepHaveNoStates() {
    assertThat(exported(group("sgd(momentum=0.9)")).of(0)).isEmpty();
    assertThat(exported(group("nadam")).of(0)).isEmpty();
    assertThat(exported(group("adagrad")).of(0)).containsOnlyKeys("sum", "step");
  }
}
