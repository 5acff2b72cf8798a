package dev.gradus.cli;

import dev.gradus.cli.data.LoadListener;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Network;
import dev.gradus.djl.TrainingListener;
import dev.gradus.djl.TrainingResult;
import dev.gradus.djl.data.DataSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Where the steps of a run are made: in this process, or elsewhere. */
@FunctionalInterface
interface Trainer {

  /** Reads what is learned from, as a run sees it. */
  default DataSet open(TrainSettings settings, LoadListener listener) {
    return settings.open(listener);
  }

  /**
   * Trains until the end or until asked to stop.
   *
   * @param files the run's folder, whose checkpoints it goes on from and adds to
   * @param data what is learned from, as it is read here
   * @param network what is trained, with its first weights
   * @param listeners are told what happens
   * @param stop whether to stop after the present step
   */
  TrainingResult train(
      RunFiles files,
      DataSet data,
      Network network,
      List<TrainingListener> listeners,
      BooleanSupplier stop);

  /** In this process. */
  static Trainer here(TrainSettings settings, Planning planning) {
    return (files, data, network, listeners, stop) -> {
      settings.workers.requireFew();
      planning.here(files, data);
      var checkpoints = settings.loop.checkpoints(files.checkpoints());
      var leader = settings.training(network, data).checkpoints(checkpoints).stopWhen(stop);
      listeners.forEach(leader::listener);
      return settings.run(
          leader, data, training -> training.checkpoints(checkpoints).stopWhen(stop));
    };
  }
}
