package dev.gradus.cli;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Network;
import dev.gradus.djl.Trained;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import dev.gradus.djl.torch.Names;
import dev.gradus.djl.torch.OptimizerState;
import dev.gradus.djl.torch.StateDict;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What another run or PyTorch has trained, to begin with. */
final class StartArguments {
  private static final System.Logger LOG = System.getLogger(StartArguments.class.getName());

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Begin with the weights of another run, those of its best epoch.")
  private @Nullable String from;

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
      fromRun(network, data);
      return;
    }
    if (from != null) {
      throw new UserException(
          "Options --from and --weights both say what to begin with; leave out one of them.");
    }
    network.initialise(data.train().inputShape(), 0);
    try (var arena = Arena.ofConfined()) {
      names = StateDict.read(Path.of(weights), arena).into(network, layers(map));
    }
  }

  private void fromRun(Network network, DataSet data) {
    if (from == null) {
      return;
    }
    try (var arena = Arena.ofConfined()) {
      var trained = best(Path.of(from), arena);
      var then = trained.data();
      if (!then.inputShape().equals(data.train().inputShape())
          || !names(then.task()).equals(names(data.task()))) {
        throw new UserException(
            "The run %s has learned other inputs or classes than those of '%s'; begin with a run of the same."
                .formatted(from, data.name()));
      }
      trained.into(network);
    }
  }

  /** What the outputs are called. */
  private static List<String> names(Task task) {
    return switch (task) {
      case Task.Classification(var classes, _) -> classes;
      case Task.Regression(var targets, _, _) -> targets;
      case Task.NextToken(var characters) -> characters;
    };
  }

  /** What a run has learned until its best epoch. */
  static Trained best(Path run, Arena arena) {
    return Trained.best(
        RunFiles.existing(run).checkpoints(), arena, problem -> LOG.log(WARNING, problem));
  }

  /** The run whose weights are begun with. */
  Optional<Path> from() {
    return Optional.ofNullable(from).map(Path::of);
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
