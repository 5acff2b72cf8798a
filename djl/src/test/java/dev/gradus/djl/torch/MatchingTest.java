package dev.gradus.djl.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of a network and of a PyTorch file, which have other names and no order in the file. */
class MatchingTest {
  private static final List<Tensor> RESIDUAL =
      tensors(
          "stem.weight 4,1,3,3",
          "stemNorm.gamma 4",
          "stemNorm.beta 4",
          "stemNorm.runningMean 4",
          "stemNorm.runningVar 4",
          "stage.first.weight 4,4,3,3",
          "stage.firstNorm.gamma 4",
          "stage.firstNorm.beta 4",
          "stage.firstNorm.runningMean 4",
          "stage.firstNorm.runningVar 4",
          "stage.second.weight 4,4,3,3",
          "output.weight 2,4",
          "output.bias 2");

  private static final String[] IN_PYTORCH = {
    "bn1.bias 4",
    "bn1.running_mean 4",
    "bn1.running_var 4",
    "bn1.weight 4",
    "conv1.weight 4,1,3,3",
    "fc.bias 2",
    "fc.weight 2,4",
    "layer1.0.bn1.bias 4",
    "layer1.0.bn1.running_mean 4",
    "layer1.0.bn1.running_var 4",
    "layer1.0.bn1.weight 4",
    "layer1.0.conv10.weight 4,4,3,3",
    "layer1.0.conv2.weight 4,4,3,3",
  };

  private static Tensor tensor(String text) {
    var parts = text.split(" ", -1);
    var shape = Arrays.stream(parts[1].split(",", -1)).map(Long::valueOf).toList();
    return new Tensor(
        parts[0],
        Dtype.F32,
        shape,
        MemorySegment.ofArray(new byte[(int) Dtype.F32.byteSize(shape)]));
  }

  private static List<Tensor> tensors(String... texts) {
    return Arrays.stream(texts).map(MatchingTest::tensor).toList();
  }

  private static StateDict file(Map<String, String> metadata, String... texts) {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors(texts).forEach(tensor -> tensors.put(tensor.name(), tensor));
    var count = Scalars.whole("bn1.num_batches_tracked", 3);
    tensors.put(count.name(), count);
    return new StateDict(tensors, metadata);
  }

  @Test
  void aMapTellsWhatFormsAndNumbersDoNot() {
    var names =
        Names.matching(RESIDUAL, file(Map.of(), IN_PYTORCH), Map.of("stemNorm", "bn1")).inPyTorch();
    assertThat(names.keySet())
        .containsExactlyElementsOf(RESIDUAL.stream().map(Tensor::name).toList());
    assertThat(names)
        .containsEntry("stem.weight", "conv1.weight")
        .containsEntry("stemNorm.gamma", "bn1.weight")
        .containsEntry("stemNorm.beta", "bn1.bias")
        .containsEntry("stemNorm.runningVar", "bn1.running_var")
        .containsEntry("stage.firstNorm.gamma", "layer1.0.bn1.weight")
        .containsEntry("stage.first.weight", "layer1.0.conv2.weight")
        .containsEntry("stage.second.weight", "layer1.0.conv10.weight")
        .containsEntry("output.bias", "fc.bias");
  }

  @Test
  void aListOfPyTorchsOrderTellsItToo() {
    var order =
        """
        ["conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
        "bn1.num_batches_tracked", "layer1.0.conv10.weight", "layer1.0.bn1.weight",
        "layer1.0.bn1.bias", "layer1.0.bn1.running_mean", "layer1.0.bn1.running_var",
        "layer1.0.conv2.weight", "fc.weight", "fc.bias"]\
        """;
    var names = Names.matching(RESIDUAL, file(Map.of("order", order), IN_PYTORCH), Map.of());
    assertThat(names.of("stemNorm.gamma")).isEqualTo("bn1.weight");
    assertThat(names.of("stage.firstNorm.gamma")).isEqualTo("layer1.0.bn1.weight");
    assertThat(names.of("stage.first.weight")).isEqualTo("layer1.0.conv10.weight");
  }

  @Test
  void namesThatAreTheSameBelongTogether() {
    var here = tensors("one.weight 2,2", "two.weight 2,2");
    var names = Names.matching(here, file(Map.of(), "two.weight 2,2", "one.weight 2,2"), Map.of());
    assertThat(names.of("one.weight")).isEqualTo("one.weight");
  }

  @Test
  void whatCannotBeToldApartIsListedWithShapes() {
    assertThatThrownBy(() -> Names.matching(RESIDUAL, file(Map.of(), IN_PYTORCH), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The layers cannot be told apart by their kinds, shapes and numbers: the network has"
                + " stemNorm.gamma [4], stemNorm.beta [4], stemNorm.runningMean [4],"
                + " stemNorm.runningVar [4], stage.firstNorm.gamma [4], stage.firstNorm.beta [4],"
                + " stage.firstNorm.runningMean [4], stage.firstNorm.runningVar [4]; PyTorch's file"
                + " has bn1.bias [4], bn1.running_mean [4], bn1.running_var [4], bn1.weight [4],"
                + " layer1.0.bn1.bias [4], layer1.0.bn1.running_mean [4],"
                + " layer1.0.bn1.running_var [4], layer1.0.bn1.weight [4]; give their names in a"
                + " map.");
  }

  @Test
  void whatIsLeftOverOnOneSideIsListed() {
    assertThatThrownBy(
            () ->
                Names.matching(
                    tensors("a.weight 2,3", "a.bias 2"), file(Map.of(), "fc.weight 2,3"), Map.of()))
        .hasMessageContaining(
            "the network has a.weight [2, 3], a.bias [2]; PyTorch's file has fc.weight [2, 3];");
    assertThatThrownBy(() -> Names.matching(tensors("a.weight 2,3"), file(Map.of()), Map.of()))
        .hasMessageContaining("the network has a.weight [2, 3]; PyTorch's file has none left;");
  }

  @Test
  void mistakesInAMapAreNamed() {
    var file = file(Map.of(), IN_PYTORCH);
    assertThatThrownBy(() -> Names.matching(RESIDUAL, file, Map.of("stemNrm", "bn1")))
        .hasMessage(
            "The map of names has a layer 'stemNrm', which the network has not; did you mean"
                + " 'stemNorm'?");
    assertThatThrownBy(() -> Names.matching(RESIDUAL, file, Map.of("stemNorm", "bn2")))
        .hasMessage(
            "The map of names makes bn2.weight [4] of stemNorm.gamma, which is missing in PyTorch's"
                + " file; correct the map.");
    assertThatThrownBy(() -> Names.matching(RESIDUAL, file, Map.of("stem", "layer1.0.conv2")))
        .hasMessageContaining(
            "which has the shape [4, 4, 3, 3] in PyTorch's file; correct the map.");
    assertThatThrownBy(
            () -> Names.given(RESIDUAL, Map.of("stage.first", "same", "stage.second", "same")))
        .hasMessage(
            "The parameters stage.first.weight and stage.second.weight would both be called"
                + " same.weight in PyTorch; give them different names.");
  }

  @Test
  void aMapWithoutAValueIsRefused(@TempDir Path folder) throws IOException {
    var map = Files.writeString(folder.resolve("map.json"), "{\"stemNorm\": null}");
    assertThatThrownBy(() -> Names.read(map))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no map of names");
  }

  @Test
  void aGivenNameStandsForAllLayersBelow() {
    var names = Names.given(RESIDUAL, Map.of("stage", "layer1", "stage.second", "last"));
    assertThat(names.of("stage.firstNorm.runningMean")).isEqualTo("layer1.firstNorm.running_mean");
    assertThat(names.of("stage.second.weight")).isEqualTo("last.weight");
    assertThat(names.of("output.bias")).isEqualTo("output.bias");
  }

  @Test
  void wordsWithinRecurrentLayersAreThoseOfPyTorch() {
    assertThat(Words.inPyTorch("l_0_i2h_WEIGHT")).isEqualTo("weight_ih_l0");
    assertThat(Words.inPyTorch("l_1_h2h_BIAS")).isEqualTo("bias_hh_l1");
    assertThat(Words.inPyTorch("r_1_h2h_WEIGHT")).isEqualTo("weight_hh_l1_reverse");
    assertThat(Words.inPyTorch("embedding")).isEqualTo("weight");
  }
}
