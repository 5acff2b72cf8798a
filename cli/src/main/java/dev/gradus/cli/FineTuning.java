package dev.gradus.cli;

import static java.lang.System.Logger.Level.INFO;

import dev.gradus.djl.Network;
import dev.gradus.djl.OnNotFinite;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The usual way to make a network good at something: training it further on examples of that alone.
 * The learning rate and the epoch are chosen on the target's validation examples.
 *
 * @param settings those of the run that it is compared with
 * @param target what the network is to be good at
 */
record FineTuning(TrainSettings settings, Target target) {
  /** Epochs of a few hundred examples are short. */
  static final int EPOCHS = 30;

  /** Multiples of the run's learning rate that are tried. */
  static final List<Double> SHARES = List.of(10.0, 3.0, 1.0, 0.3, 0.1);

  private static final System.Logger LOG = System.getLogger(FineTuning.class.getName());

  /**
   * A network that was trained further.
   *
   * @param share which multiple of the run's learning rate was best
   * @param figure what it reached on validation
   * @param measured what is asked of the network
   */
  record Tuned<T>(double share, double figure, T measured) {}

  /**
   * Trains at each rate.
   *
   * @param start a network to begin with, to be closed afterwards
   * @param measure what is asked of the best
   */
  <T> Tuned<T> best(Supplier<Network> start, Function<Network, T> measure) {
    Optional<Tuned<T>> best = Optional.empty();
    for (double share : SHARES) {
      try (var network = start.get()) {
        double figure = trained(network, share);
        LOG.log(INFO, "Fine-tuning at {0} of the learning rate: {1}", share, figure);
        if (best.isEmpty() || isBetter(figure, best.get().figure())) {
          best = Optional.of(new Tuned<>(share, figure, measure.apply(network)));
        }
      }
    }
    return best.orElseThrow();
  }

  private boolean isBetter(double figure, double than) {
    return switch (settings.loop.choice(target.whole()).better()) {
      case HIGHER -> figure > than;
      case LOWER -> figure < than;
    };
  }

  private double trained(Network network, double share) {
    var whole = target.whole();
    var data =
        new DataSet(
                whole.name(),
                whole.statements(),
                whole.task(),
                whole.columns(),
                whole.normalisation(),
                target.sample(),
                target.validation(),
                target.test())
            .withoutTest();
    var choice = settings.loop.choice(whole);
    var result =
        settings
            .step
            .applyTo(Training.of(network, data))
            .epochs(EPOCHS)
            .group(settings.rate.group(settings.model.pipeline(), share))
            .augmentation(settings.model.augmentation())
            .chooseBy(choice)
            .onNotFinite(OnNotFinite.SKIP)
            .run();
    return result.validation().getOrDefault(choice.metric(), Double.NaN);
  }
}
