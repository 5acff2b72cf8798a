package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.data.LoadListener;
import dev.gradus.cli.run.Build;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.model.Model;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything that a run file can say. */
@Command
final class TrainSettings {
  @Mixin final DataArguments data = new DataArguments();
  @Mixin final ModelArguments model = new ModelArguments();
  @Mixin final StartArguments start = new StartArguments();
  @Mixin final RateArguments rate = new RateArguments();
  @Mixin final LoopArguments loop = new LoopArguments();
  @Mixin final StepArguments step = new StepArguments();
  @Mixin final MethodArguments method = new MethodArguments();
  @Mixin final InstanceArguments instances = new InstanceArguments();
  @Mixin final TargetArguments target = new TargetArguments();
  @Mixin final WorkerArguments workers = new WorkerArguments();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "The run's folder, new or empty. Default: runs/DATA-MODEL-NUMBER.")
  @Nullable Path out;

  /** Reads the data as a run sees them. */
  DataSet open(LoadListener listener) {
    return seen(data.open(listener));
  }

  /** The data as a run sees them. */
  DataSet seen(DataSet whole) {
    if (!target.isGiven()) {
      return instances.of(whole, data);
    }
    instances.requireMethodOnly();
    var seen = target.of(whole, data);
    return instances.of(seen, target.parts().sample());
  }

  /** Decides what depends on the data and was not chosen, and refuses what does not fit them. */
  void complete(DataSet set) {
    method.method();
    model.complete(set);
    rate.complete(model.pipeline(), set);
    loop.complete(set);
    step.complete(set);
    model.requireFit(set);
    model(set);
  }

  /** The model that is trained. */
  Model model(DataSet set) {
    return method.model(model.model(set));
  }

  /** A network with the weights to begin with. */
  Network network(DataSet set) {
    instances.requireRates();
    try (var trial = untrained(set)) {
      method.requireFit(trial, set, workers.count());
    }
    var network = untrained(set);
    try {
      start.into(network, set);
      start.requireFit(network, () -> rate.group(model.pipeline()));
      return network;
    } catch (UserException mistake) {
      network.close();
      throw mistake;
    }
  }

  /** A network without weights. */
  Network untrained(DataSet set) {
    return model(set).network(set.train().inputShape(), set.task());
  }

  Training training(Network network, DataSet set) {
    var build = Build.current();
    return loop.applyTo(
            method.applyTo(instances.applyTo(step.applyTo(Training.of(network, set)), set)))
        .group(rate.group(model.pipeline()))
        .augmentation(model.augmentation())
        .beginWith(optimizer -> start.into(network, set, optimizer))
        .chooseBy(loop.choice(set))
        .note("version", build.version())
        .note("commit", build.commit());
  }

  /** The steps alone, with the part of a batch that one worker computes. */
  Training rehearsal(Network network, DataSet set) {
    return method
        .applyTo(step.applyTo(Training.of(network, set)))
        .batch(workers.share(step.batch()))
        .group(rate.group(model.pipeline()))
        .augmentation(model.augmentation())
        .measureEvery(0);
  }

  /**
   * Trains with as many workers as are wanted.
   *
   * @param leader the training of the first, or the only one
   * @param kept adds what is kept of the training of each other
   */
  TrainingResult run(Training leader, DataSet set, UnaryOperator<Training> kept) {
    return workers.run(leader, () -> untrained(set), network -> kept.apply(training(network, set)));
  }

  /** What is trained and how, in a few words. */
  @Override
  public String toString() {
    return "%s at %s%s".formatted(model, rate, method);
  }
}
