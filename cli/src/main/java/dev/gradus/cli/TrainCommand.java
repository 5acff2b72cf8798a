package dev.gradus.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradus train}. */
@Command(
    name = "train",
    sortOptions = false,
    customSynopsis = "gradus train [OPTION]...%n",
    description = "Trains a network, with checkpoints, in a folder of its own.",
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train",
      "  gradus train --data fashion-mnist --epochs 3",
      "  gradus train --data csv:wine.csv --label quality --task regression",
      "  gradus train --optimizer 'clip-norm(1) | sgdp' --lr 0.05",
      "  gradus train --config runs/digits-mlp-1/config.yaml --seed 2",
      "  gradus train --resume runs/digits-mlp-1"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TrainSettings settings = new TrainSettings();

  @Mixin private final RunStart start = new RunStart();
  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    return start.run(
        spec, settings, console -> Trainer.here(settings, new Planning(settings, console)));
  }
}
