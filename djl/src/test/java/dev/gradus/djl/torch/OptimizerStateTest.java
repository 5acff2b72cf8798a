package dev.gradus.djl.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that PyTorch began goes on here with PyTorch's own numbers, and one that was exported
 * half-way has gone on in PyTorch with ours. {@code fixture.py} tells what PyTorch did.
 */
class OptimizerStateTest {
  private static final int LAST = 20;
  private static final double TOLERANCE = 2e-5;

  @TempDir Path folder;
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  static Stream<Arguments> optimizers() {
    return Exports.GROUPS.entrySet().stream()
        .map(group -> Arguments.of(group.getKey(), group.getValue()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void goesOnFromPyTorch(String name, Group group) throws IOException {
    try (var program = new Program(group)) {
      var names = Exports.begin(program, name, arena);
      assertClose(program.train(Exports.FIRST, LAST), Fixture.losses("losses.json", name));
      var after = StateDict.read(Fixture.file(name + "-after.safetensors"), arena);
      for (Tensor tensor : program.network().tensors()) {
        assertThat(tensor.floats())
            .describedAs(tensor.name())
            .usingComparatorWithPrecision((float) TOLERANCE)
            .containsExactly(after.tensor(names.of(tensor.name())).floats());
      }
    }
  }

  private static void assertClose(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int step = 0; step < expected.size(); step++) {
      assertThat(actual.get(step)).isCloseTo(expected.get(step), within(TOLERANCE));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void writesWhatPyTorchHasGoneOnFrom(String name, Group group) throws IOException {
    try (var program = new Program(group)) {
      var names = Exports.begin(program, name, arena);
      program.train(Exports.FIRST, Exports.HALF);
      Exports.write(program, names, folder, name);
      assertSame(Exports.model(folder, name));
      assertSame(Exports.optimizer(folder, name));
      assertClose(program.train(Exports.HALF, LAST), Fixture.losses("continued.json", name));
    }
  }

  /** The file that PyTorch has read holds the same, but for the last bits of another machine. */
  private void assertSame(Path written) {
    var read = StateDict.read(Fixture.file(written.getFileName().toString()), arena);
    var ours = StateDict.read(written, arena);
    assertThat(ours.metadata()).isEqualTo(read.metadata());
    assertThat(ours.tensors().keySet()).containsExactlyElementsOf(read.tensors().keySet());
    for (Tensor tensor : ours.tensors().values()) {
      var other = read.tensor(tensor.name());
      assertThat(tensor.dtype()).isEqualTo(other.dtype());
      assertThat(tensor.shape()).isEqualTo(other.shape());
      assertThat(tensor.inSinglePrecision().floats())
          .usingComparatorWithPrecision((float) TOLERANCE)
          .containsExactly(other.inSinglePrecision().floats());
    }
  }
}
