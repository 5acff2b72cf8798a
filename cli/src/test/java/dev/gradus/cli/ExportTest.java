package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.safetensors.SafetensorsFile;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights and states on their way to PyTorch and back. */
class ExportTest {
  private static final String LINEAR = "--model=mlp(layers=0)";

  @TempDir static Path temporary;

  private static String path(String name) {
    return temporary.resolve(name).toString();
  }

  @BeforeAll
  static void train() {
    done("train", "--epochs=2", LINEAR, "--optimizer=clip-norm(1) | adam", "--out=" + path("adam"));
    done("train", "--epochs=1", "--model=mlp(width=8)", "--out=" + path("adamp"));
    done("export", path("adam"), "--to", path("linear"), "--optimizer-state", path("states"));
  }

  private static Invocation done(String... arguments) {
    var invocation = Invocation.of(arguments);
    assertThat(invocation.code()).describedAs(invocation.err()).isZero();
    return invocation;
  }

  private static void refused(String sentence, String... arguments) {
    var invocation = Invocation.of(arguments);
    assertThat(invocation.err().lines().toList().getLast()).isEqualTo("gradus: " + sentence);
    assertThat(invocation.code()).isEqualTo(2);
  }

  private static Map<String, float[]> tensors(String name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      return SafetensorsFile.open(temporary.resolve(name), arena).tensors().values().stream()
          .collect(
              Collectors.toMap(
                  Tensor::name,
                  tensor -> tensor.inSinglePrecision().floats(),
                  (one, _) -> one,
                  LinkedHashMap::new));
    }
  }

  private static Map<String, String> metadata(String name) throws IOException {
    try (var arena = Arena.ofConfined()) {
      return Map.copyOf(SafetensorsFile.open(temporary.resolve(name), arena).metadata());
    }
  }

  @Test
  void layersKeepTheirNamesWithPyTorchsWords() throws IOException {
    done("export", path("adamp"), "--to", path("mlp"));
    assertThat(tensors("mlp"))
        .containsOnlyKeys(
            "hidden1.weight",
            "hidden1Norm.weight",
            "hidden1Norm.bias",
            "hidden1Norm.running_mean",
            "hidden1Norm.running_var",
            "hidden1Norm.num_batches_tracked",
            "hidden2.weight",
            "hidden2Norm.weight",
            "hidden2Norm.bias",
            "hidden2Norm.running_mean",
            "hidden2Norm.running_var",
            "hidden2Norm.num_batches_tracked",
            "output.weight",
            "output.bias");
    assertThat(metadata("mlp"))
        .containsEntry("data.inputShape", "1,8,8")
        .containsEntry("data.class.7", "7")
        .containsEntry("format", "pt");
  }

  @Test
  void namesAreThoseOfAMapOrOfAFile() throws IOException {
    var map = Files.writeString(temporary.resolve("map.json"), "{\"output\": \"head.fc\"}");
    done("export", path("adam"), "--to", path("mapped"), "--names", map.toString());
    assertThat(tensors("mapped")).containsOnlyKeys("head.fc.weight", "head.fc.bias");
    done("export", path("adam"), "--to", path("alike"), "--like", path("mapped"));
    assertThat(tensors("alike")).usingRecursiveComparison().isEqualTo(tensors("mapped"));
  }

  @Test
  void statesOfTheOptimizerAreThoseOfPyTorch() throws IOException {
    assertThat(tensors("states"))
        .containsOnlyKeys(
            "state.0.exp_avg",
            "state.0.exp_avg_sq",
            "state.0.step",
            "state.1.exp_avg",
            "state.1.exp_avg_sq",
            "state.1.step");
    assertThat(metadata("states").get("param_groups"))
        .isEqualTo(
            "[{\"amsgrad\":false,\"betas\":[0.9,0.999],\"eps\":1.0E-8,\"lr\":0.003,"
                + "\"param_names\":[\"output.weight\",\"output.bias\"],\"params\":[0,1],"
                + "\"weight_decay\":0}]");
    refused(
        "PyTorch has no optimizer that computes 'adamp'; leave its states to Gradus's own"
            + " checkpoints.",
        "export",
        path("adamp"),
        "--to",
        path("never"),
        "--optimizer-state",
        path("never-too"));
    assertThat(temporary.resolve("never")).doesNotExist();
    assertThat(temporary.resolve("never-too")).doesNotExist();
  }

  /** Steps as small as nothing leave a linear layer as it was. */
  @Test
  void aRunBeginsWithTheWeightsAndStates() throws IOException {
    var weights = Files.copy(temporary.resolve("linear"), temporary.resolve("moved"));
    var begun =
        done(
            "train",
            LINEAR,
            "--optimizer=adam(epsilon=1e-6)",
            "--lr=1e-30",
            "--epochs=1",
            "--weights=" + weights,
            "--optimizer-state=" + path("states"),
            "--out=" + path("begun"));
    assertThat(begun.err())
        .containsOnlyOnce("In PyTorch's optimizer eps was 1.0E-8 and is 1.0E-6.");
    assertThat(validation("begun")).isCloseTo(validation("adam"), within(1e-12));
    done("export", path("begun"), "--to", path("again"), "--optimizer-state", path("later"));
    assertThat(tensors("again")).usingRecursiveComparison().isEqualTo(tensors("linear"));
    assertThat(steps("later")).isEqualTo(steps("states") * 3 / 2);

    Files.delete(weights);
    Files.delete(new RunFiles(temporary.resolve("begun")).result());
    done("train", "--resume", path("begun"));
  }

  @Test
  void aRunThatDiedBeforeItsFirstCheckpointBeginsWithThemAgain() throws IOException {
    done(
        "train",
        LINEAR,
        "--optimizer=adam",
        "--epochs=1",
        "--weights=" + path("linear"),
        "--optimizer-state=" + path("states"),
        "--out=" + path("whole"));
    Files.createDirectory(temporary.resolve("died"));
    Files.copy(
        new RunFiles(temporary.resolve("whole")).configuration(),
        new RunFiles(temporary.resolve("died")).configuration());
    done("train", "--resume", path("died"));
    assertThat(validation("died")).isEqualTo(validation("whole"));
  }

  private static double validation(String run) {
    return Result.read(new RunFiles(temporary.resolve(run)))
        .validation()
        .getOrDefault("loss", Double.NaN);
  }

  private static float steps(String file) throws IOException {
    return tensors(file).getOrDefault("state.0.step", new float[1])[0];
  }

  @Test
  void mistakesAreToldBeforeAnythingIsWritten() throws IOException {
    refused(
        path("linear") + " exists already; choose another name.",
        "export",
        path("adam"),
        "--to",
        path("linear"));
    refused(
        "Options --to and --optimizer-state both name %s; give each a file of its own."
            .formatted(path("both")),
        "export",
        path("adam"),
        "--to",
        path("both"),
        "--optimizer-state",
        path("both"));
    refused(
        "%s cannot be written: there is no folder %s; make it."
            .formatted(path("no/file"), path("no")),
        "export",
        path("adam"),
        "--to",
        path("no/file"));
    refused("Option --to needs a value, FILE.", "export", path("adam"));
    var map = Files.writeString(temporary.resolve("list.json"), "[\"output\"]");
    refused(
        map
            + " is no map of names: write PyTorch's names of layers by ours, such as {\"stemNorm\":"
            + " \"bn1\"}.",
        "export",
        path("adam"),
        "--to",
        path("never"),
        "--names",
        map.toString());
    refused(
        "The map of names " + path("none.json") + " does not exist.",
        "export",
        path("adam"),
        "--to",
        path("never"),
        "--names",
        path("none.json"));
  }

  @Test
  void aRunWithMistakesDoesNotBegin() throws IOException {
    var out = "--out=" + path("never");
    refused(
        "Option --optimizer-state goes with --weights FILE; give that too.",
        "train",
        "--optimizer-state=x",
        out);
    refused("Option --names goes with --weights FILE; give that too.", "train", "--names=x", out);
    refused(
        "PyTorch's optimizer keeps no momentum_buffer of output.weight, but here it has F32[10,"
            + " 64]; train the same network with the same rule and options.",
        "train",
        LINEAR,
        "--optimizer=sgd(momentum=0.9)",
        "--weights=" + path("linear"),
        "--optimizer-state=" + path("states"),
        out);
    var other = temporary.resolve("other");
    SafetensorsWriter.write(other, Map.of(), List.of(Tensor.of("fc.weight", List.of(1L), 1)));
    refused(
        "The layers cannot be told apart by their kinds, shapes and numbers: the network has"
            + " output.weight [10, 64], output.bias [10]; PyTorch's file has fc.weight [1]; give"
            + " their names in a map.",
        "train",
        LINEAR,
        "--weights=" + other,
        out);
    assertThat(temporary.resolve("never")).doesNotExist();
  }
}
