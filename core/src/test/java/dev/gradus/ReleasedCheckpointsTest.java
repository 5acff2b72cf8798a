package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.CheckpointFolder;
import dev.gradus.checkpoint.Retention;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.safetensors.Tensor;
import dev.gradus.trace.Methods;
import dev.gradus.trace.RecordedStep;
import dev.gradus.trace.ReplayEngine;
import dev.gradus.trace.Trace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checkpoints that releases have written in the middle of golden traces: every later version goes
 * on from them to where the authors' code ended. {@code docs/releasing.md} tells how a release adds
 * its own.
 */
class ReleasedCheckpointsTest {
  private static final Path RELEASES = Path.of("src/test/resources/releases");
  private static final int MIDDLE = 5;

  /** Moments, maxima, projections, counts of tensors, slow weights, moments of a tensor. */
  private static final List<String> TRACES =
      List.of(
          "adam-amsgrad",
          "adamp-row-projection",
          "arsg-default",
          "lamb-default",
          "lookahead-adam",
          "nadam-default",
          "novograd-default");

  static List<Path> checkpoints() throws IOException {
    try (var files = Files.walk(RELEASES)) {
      return files.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @Test
  void thoseOfTheFirstReleaseAreThere() throws IOException {
    assertThat(checkpoints())
        .filteredOn(file -> file.startsWith(RELEASES.resolve("0.1.0")))
        .extracting(ReleasedCheckpointsTest::trace)
        .containsExactlyElementsOf(TRACES);
  }

  private static String trace(Path file) {
    return file.getFileName().toString().replace(".safetensors", "");
  }

  @ParameterizedTest
  @MethodSource("checkpoints")
  void goOnToWhereTheAuthorsCodeEnded(Path file) throws IOException {
    GoldenTrace golden = GoldenTrace.read(trace(file));
    Trace trace = golden.inputs();
    try (var arena = Arena.ofShared();
        var optimizer = optimizer(trace)) {
      StoredCheckpoint stored = StoredCheckpoint.read(file, arena);
      var memory = new Memory(arena, trace.parameters(), true);
      load(memory, trace, stored.checkpoint());
      optimizer.restore(stored.step(), stored.checkpoint().tensors());
      take(trace.steps().subList((int) stored.step(), trace.steps().size()), optimizer, memory);
      requireWeights(golden, memory);
    }
  }

  private static Optimizer optimizer(Trace trace) {
    var options = trace.options();
    var rate = Double.parseDouble(options.getOrDefault(Methods.LEARNING_RATE, ""));
    return Optimizer.of(trace.parameters())
        .group(Group.all(Methods.pipeline(trace.method(), options), rate))
        .engine(ReplayEngine.NATIVE.source())
        .build();
  }

  private static void load(Memory memory, Trace trace, Checkpoint checkpoint) {
    for (int i = 0; i < trace.parameters().size(); i++) {
      float[] values = checkpoint.tensor(trace.parameters().get(i).name()).floats();
      var wide = new double[values.length];
      Arrays.setAll(wide, k -> values[k]);
      memory.weights(i, wide);
    }
  }

  private static void take(List<RecordedStep> steps, Optimizer optimizer, Memory memory) {
    for (RecordedStep step : steps) {
      memory.gradients(step.gradients());
      optimizer.step(memory);
    }
  }

  private static void requireWeights(GoldenTrace golden, Memory memory) {
    var steps = golden.json().get("steps");
    Map<String, double[]> last = GoldenTrace.arrays(steps.get(steps.size() - 1).get("weights"));
    List<Parameter> parameters = golden.inputs().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      double[] expected = last.getOrDefault(parameters.get(i).name(), new double[0]);
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(memory.weights(i)).containsExactly(expected, within(1e-5 * largest));
    }
  }

  /** No test: {@code build/keep-release.sh} has it write what a release keeps. */
  @Test
  @Tag("keep-release")
  void write(@TempDir Path temporary) throws IOException {
    var folder = Files.createDirectories(RELEASES.resolve(System.getProperty("release")));
    for (String trace : TRACES) {
      Path written = write(GoldenTrace.read(trace).inputs(), temporary.resolve(trace));
      Files.copy(written, folder.resolve(trace + ".safetensors"));
    }
  }

  private static Path write(Trace trace, Path folder) throws IOException {
    try (var arena = Arena.ofShared();
        var optimizer = optimizer(trace);
        var checkpoints = CheckpointFolder.open(folder, new Retention(1, Better.LOWER))) {
      var memory = new Memory(arena, trace.parameters(), true);
      var tensors = new ArrayList<Tensor>();
      for (int i = 0; i < trace.parameters().size(); i++) {
        Parameter parameter = trace.parameters().get(i);
        memory.weights(i, Objects.requireNonNull(trace.weights().get(parameter.name())));
        tensors.add(parameter.tensor(memory.weight(i)));
      }
      take(trace.steps().subList(0, MIDDLE), optimizer, memory);
      tensors.addAll(optimizer.state());
      return checkpoints.write(new Checkpoint(Map.of(), tensors), optimizer.steps());
    }
  }
}
