package dev.gradus.djl.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that PyTorch has saved. */
class StateDictTest {
  @TempDir Path folder;

  private final Arena arena = Arena.ofConfined();
  private final Network network = Network.of("net", Fixture.block());

  @BeforeEach
  void initialise() {
    network.initialise(Fixture.INPUT, 0);
  }

  @AfterEach
  void close() {
    network.close();
    arena.close();
  }

  private StateDict saved() {
    return StateDict.read(Fixture.file("adam-model.safetensors"), arena);
  }

  private Map<String, float[]> values() {
    return network.tensors().stream().collect(Collectors.toMap(Tensor::name, Tensor::floats));
  }

  @Test
  void everyParameterAndRunningStatisticIsRead() {
    var saved = saved();
    var names = saved.into(network, Map.of());
    assertThat(names.inPyTorch())
        .containsExactly(
            Map.entry("Conv2d.weight", "conv1.weight"),
            Map.entry("BatchNorm.gamma", "bn1.weight"),
            Map.entry("BatchNorm.beta", "bn1.bias"),
            Map.entry("BatchNorm.runningMean", "bn1.running_mean"),
            Map.entry("BatchNorm.runningVar", "bn1.running_var"),
            Map.entry("05Linear.weight", "fc1.weight"),
            Map.entry("05Linear.bias", "fc1.bias"),
            Map.entry("LayerNorm.gamma", "norm.weight"),
            Map.entry("LayerNorm.beta", "norm.bias"),
            Map.entry("08Linear.weight", "fc2.weight"),
            Map.entry("08Linear.bias", "fc2.bias"));
    names
        .inPyTorch()
        .forEach(
            (here, there) ->
                assertThat(values().get(here)).isEqualTo(saved.tensor(there).floats()));
  }

  @Test
  void whatIsWrittenIsWhatPyTorchHadSaved() {
    var saved = saved();
    var names = saved.into(network, Map.of());
    var file = folder.resolve("ours.safetensors");
    StateDict.of(network.tensors(), names, 10).write(file);
    var ours = StateDict.read(file, arena);
    assertThat(ours.tensors().keySet())
        .containsExactlyInAnyOrderElementsOf(saved.tensors().keySet());
    saved
        .tensors()
        .forEach(
            (name, tensor) -> {
              var other = ours.tensor(name);
              assertThat(other.dtype()).isEqualTo(tensor.dtype());
              assertThat(other.shape()).isEqualTo(tensor.shape());
              assertThat(other.data().toArray(ValueLayout.JAVA_BYTE))
                  .isEqualTo(tensor.data().toArray(ValueLayout.JAVA_BYTE));
            });
    assertThat(ours.order()).startsWith("conv1.weight", "bn1.weight").endsWith("fc2.bias");
    assertThat(ours.metadata()).containsEntry("format", "pt");
  }

  @Test
  void withoutOtherNamesLayersKeepTheirsWithPyTorchsWords() {
    var tensors = network.tensors();
    var written = StateDict.of(tensors, Names.usual(tensors), 0).tensors();
    assertThat(written.keySet())
        .contains("BatchNorm.weight", "BatchNorm.num_batches_tracked", "05Linear.bias");
  }

  @Test
  void picklesAreNeverRead() throws IOException {
    for (String start : new String[] {"504b0304140000000008", "80028a0a6cfc9c46f9206aa8", "8004"}) {
      var file = folder.resolve("model.pt");
      Files.write(file, HexFormat.of().parseHex(start));
      assertThatThrownBy(() -> StateDict.read(file, arena))
          .isInstanceOf(UserException.class)
          .hasMessage(
              file
                  + " is a file of torch.save, which runs code when it is read; save it as"
                  + " safetensors in Python: safetensors.torch.save_file(model.state_dict(),"
                  + " \"model.safetensors\").");
    }
  }

  @Test
  void aHeaderThatBeginsLikeAPickleIsNoPickle() throws IOException {
    var file = folder.resolve("long.safetensors");
    var header = "{\"__metadata__\":{\"a\":\"" + "x".repeat(0x280 - 25) + "\"}}";
    assertThat(header).hasSize(0x280);
    Files.write(file, HexFormat.of().parseHex("8002000000000000"));
    Files.writeString(file, header, StandardOpenOption.APPEND);
    assertThat(StateDict.read(file, arena).metadata()).containsKey("a");
  }

  @Test
  void otherFilesAreRefusedInOneSentence() throws IOException {
    var missing = folder.resolve("missing.safetensors");
    assertThatThrownBy(() -> StateDict.read(missing, arena))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it does not exist");
    var text = folder.resolve("text.safetensors");
    Files.writeString(text, "hello, this is no tensor");
    assertThatThrownBy(() -> StateDict.read(text, arena))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a valid safetensors file");
    var nowhere = folder.resolve("none/file");
    assertThatThrownBy(() -> saved().write(nowhere))
        .hasMessageEndingWith("there is no folder " + folder.resolve("none") + "; make it.");
    var existing = Files.createFile(folder.resolve("existing"));
    assertThatThrownBy(() -> saved().write(existing))
        .isInstanceOf(UserException.class)
        .hasMessage(existing + " exists already; choose another name.");
  }

  @Test
  void anotherNetworkIsLeftAsItIs() {
    var before = values();
    var other = new StateDict(saved().tensors(), Map.of("order", "[1, {}]"));
    assertThatThrownBy(() -> other.into(network, Map.of())).isInstanceOf(UserException.class);
    assertThat(values()).usingRecursiveComparison().isEqualTo(before);
  }
}
