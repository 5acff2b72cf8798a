package dev.gradus.cli;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.Network;
import dev.gradus.djl.Trained;
import dev.gradus.djl.model.Models;
import dev.gradus.djl.torch.Names;
import dev.gradus.djl.torch.OptimizerState;
import dev.gradus.djl.torch.StateDict;
import dev.gradus.schedule.Constant;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus export}. */
@Command(
    name = "export",
    sortOptions = false,
    customSynopsis = "gradus export RUN --to FILE [OPTION]...%n",
    description = {
      "Writes the network of a run for PyTorch, as a safetensors file.",
      "",
      "In Python: model.load_state_dict(safetensors.torch.load_file(FILE)). Layers keep their"
          + " names, with PyTorch's words for what is in them, unless --like or --names tell"
          + " others. The run is left as it is."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus export runs/digits-lenet-bn-1 --to lenet.safetensors",
      "  gradus export runs/fine-tuned --to tuned.safetensors --like model.safetensors",
      "  gradus export runs/adam --to a.safetensors --optimizer-state b.safetensors"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final WeightArguments weights = new WeightArguments();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The file to write, which must not exist yet.")
  private Path to = Path.of("");

  @Option(
      names = "--optimizer-state",
      paramLabel = "FILE",
      description = "Write the states of the optimizer too, if PyTorch has it, into this file.")
  private @Nullable Path optimizerState;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description = "Take the names of this safetensors file of the same network in PyTorch.")
  private @Nullable Path like;

  @Option(
      names = "--names",
      paramLabel = "MAP",
      description = "A JSON file with PyTorch's names of layers by ours.")
  private @Nullable String map;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING);
        var arena = Arena.ofConfined()) {
      StateDict.requireNew(to);
      Optional.ofNullable(optimizerState).ifPresent(this::requireAnother);
      var trained = weights.trained(arena, console);
      try (var network = Models.trained(trained)) {
        export(trained, network, arena);
      }
    }
    return Gradus.OK;
  }

  private void requireAnother(Path file) {
    StateDict.requireNew(file);
    if (file.toAbsolutePath().normalize().equals(to.toAbsolutePath().normalize())) {
      throw new UserException(
          "Options --to and --optimizer-state both name %s; give each a file of its own."
              .formatted(file));
    }
  }

  private void export(Trained trained, Network network, Arena arena) {
    var names = names(network, arena);
    if (optimizerState != null) {
      writeStates(trained, network, names, optimizerState);
    }
    StateDict.of(network.tensors(), names, trained.checkpoint().step())
        .with(meaning(trained))
        .write(to);
  }

  /** What inputs and outputs mean, as checkpoints tell it. */
  private static Map<String, String> meaning(Trained trained) {
    var texts = new LinkedHashMap<String, String>();
    trained.data().texts().forEach((key, text) -> texts.put("data." + key, text));
    return texts;
  }

  private Names names(Network network, Arena arena) {
    var tensors = network.tensors();
    var layers = StartArguments.layers(map);
    return like == null
        ? Names.given(tensors, layers)
        : Names.matching(tensors, StateDict.read(like, arena), layers);
  }

  /** The learning rate is that of the run without its schedule, which PyTorch keeps elsewhere. */
  private void writeStates(Trained trained, Network network, Names names, Path file) {
    var settings = weights.settings();
    var group = settings.rate.group(settings.model.pipeline()).withSchedule(new Constant());
    try (var optimizer = Optimizer.of(network.trained()).group(group).build()) {
      optimizer.restore(trained.checkpoint().step(), trained.checkpoint().checkpoint().tensors());
      OptimizerState.of(optimizer, names).write(file);
    }
  }
}
