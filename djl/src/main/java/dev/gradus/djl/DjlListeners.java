package dev.gradus.djl;

import ai.djl.metric.Metrics;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import java.util.function.Function;

/**
 * Lets listeners and evaluators written for DJL's trainer listen to a {@link Training}.
 *
 * <pre>{@code
 * training.listener(DjlListeners.of(ai.djl.training.listener.TrainingListener.Defaults.logging()));
 * training.listener(DjlListeners.of(config));     // those of a DefaultTrainingConfig, with its evaluators
 * }</pre>
 *
 * <p>They get a real {@link Trainer} over the network's block. It is for looking only: a listener
 * that calls its {@code step} is refused, because {@link Training} takes the steps; optimizer,
 * initialisers and devices of a configuration are not looked at.
 *
 * <table>
 *   <caption>When they are called</caption>
 *   <tr><th>method</th><th>when</th></tr>
 *   <tr><td>{@code onTrainingBegin}</td><td>before the first step of this process</td></tr>
 *   <tr><td>{@code onTrainingBatch}</td><td>for every step whose loss is finite, as in DJL between
 *       backward pass and update; with the whole batch where it is computed in parts</td></tr>
 *   <tr><td>{@code onValidationBatch}</td><td>for every batch of validation examples</td></tr>
 *   <tr><td>{@code onEpoch}</td><td>after them. An {@link EarlyStoppedException} thrown here ends
 *       the run as {@link EarlyStopping} does</td></tr>
 *   <tr><td>{@code onTrainingEnd}</td><td>at the end, with the best epoch's weights in the model if
 *       the run is finished, so that is what {@code SaveModelTrainingListener} saves</td></tr>
 * </table>
 *
 * <p>They count epochs from 0 in every process: after a resume they do not know of earlier ones.
 * Losses they report are means over examples without weights. What they do takes time but changes
 * no bit of the run, unless they change weights.
 */
public final class DjlListeners implements TrainingListener {
  private final Function<Loss, TrainingConfig> config;
  private final Metrics metrics;

  private DjlListeners(Function<Loss, TrainingConfig> config, Metrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  /**
   * Some listeners; the loss they are told is that of the training.
   *
   * @param listeners DJL's or a program's own, called in this order
   * @return a listener for one training
   */
  public static DjlListeners of(ai.djl.training.listener.TrainingListener... listeners) {
    return new DjlListeners(
        loss -> new DefaultTrainingConfig(new DjlMean(loss)).addTrainingListeners(listeners),
        new Metrics());
  }

  /**
   * Listeners, evaluators and loss of a trainer's configuration. The loss is only told: what is
   * minimised is the training's own, such as {@link Loss#of(ai.djl.training.loss.Loss)}.
   *
   * @param config a configuration with listeners
   * @return a listener for one training
   */
  public static DjlListeners of(TrainingConfig config) {
    return new DjlListeners(_ -> config, new Metrics());
  }

  /**
   * The same, with the metrics of the trainer kept in an object of the program.
   *
   * @param metrics what {@link Trainer#getMetrics()} gives
   * @return a listener for one training
   */
  public DjlListeners withMetrics(Metrics metrics) {
    return new DjlListeners(config, metrics);
  }

  /** Does nothing: DJL's listeners hear of batches, which are no events of a training. */
  @Override
  public void on(TrainingEvent event) {}

  /** Makes the trainer, which calls {@code onTrainingBegin}. */
  Trainer trainer(Training training) {
    var looking = new LookingOnly(config.apply(training.loss));
    var trainer = new Trainer(training.network.model(), looking);
    trainer.setMetrics(metrics);
    return trainer;
  }
}
