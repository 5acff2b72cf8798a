package dev.gradus.cli;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.torch.Names;
import dev.gradus.djl.torch.OptimizerState;
import dev.gradus.djl.torch.StateDict;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What PyTorch has trained, to begin with. */
final class StartArguments {
  private static final System.Logger LOG = System.getLogger(StartArguments.class.getName());

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Begin with the weights of PyTorch in this safetensors file.")
  private @Nullable String weights;

  @Option(
      names = "--optimizer-state",
      paramLabel = "FILE",
      description = "Begin with the states of PyTorch's optimizer too.")
  private @Nullable String optimizerState;

  @Option(
      names = "--names",
      paramLabel = "MAP",
      description =
          "A JSON file with PyTorch's names of layers by ours, for those that are not found by"
              + " themselves.")
  private @Nullable String map;

  private @Nullable Names names;

  /** Gives a network the weights to begin with, if there are any. */
  void into(Network network, DataSet data) {
    if (weights == null) {
      requireNone("--optimizer-state", optimizerState);
      requireNone("--names", map);
      return;
    }
    network.initialise(data.train().inputShape(), 0);
    try (var arena = Arena.ofConfined()) {
      names = StateDict.read(Path.of(weights), arena).into(network, layers(map));
    }
  }

  private static void requireNone(String option, @Nullable String value) {
    if (value != null) {
      throw new UserException("Option " + option + " goes with --weights FILE; give that too.");
    }
  }

  /** Refuses states that are not those of the optimizer, before a run begins. */
  void requireFit(Network network, Supplier<Group> group) {
    if (optimizerState != null) {
      try (var optimizer = Optimizer.of(network.trained()).group(group.get()).build();
          var arena = Arena.ofConfined()) {
        var states = OptimizerState.read(Path.of(optimizerState), arena);
        states.under(optimizer, found());
        var others = states.otherOptions(optimizer, found());
        if (!others.isEmpty()) {
          LOG.log(WARNING, "In PyTorch's optimizer " + String.join(", ", others) + ".");
        }
      }
    }
  }

  /** Gives network and optimizer what to begin with, also where a run died before a checkpoint. */
  void into(Network network, DataSet data, Optimizer optimizer) {
    into(network, data);
    if (optimizerState != null) {
      try (var arena = Arena.ofConfined()) {
        var states = OptimizerState.read(Path.of(optimizerState), arena);
        optimizer.restore(0, states.under(optimizer, found()));
      }
    }
  }

  private Names found() {
    return requireNonNull(names);
  }

  /** PyTorch's names of layers that a file gives. */
  static Map<String, String> layers(@Nullable String map) {
    return map == null ? Map.of() : Names.read(Path.of(map));
  }
}
