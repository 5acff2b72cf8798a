package dev.gradus.cli;

import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.Evaluation;
import dev.gradus.djl.Loss;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.model.Models;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * How good a model is at a target and in general, before and after it was made personal.
 *
 * @param settings those of the run
 * @param general the run of the model before; none if there was none
 */
record Personalization(TrainSettings settings, Optional<Path> general) {
  /** The version of the file personalization.json. */
  static final int FORMAT = 1;

  /**
   * What was compared: the content of {@code personalization.json}.
   *
   * @param format its version
   * @param target what the model was to be good at
   * @param general the run of the model before; empty if there was none
   * @param fineTuningRate the learning rate that was best for fine-tuning; NaN without
   * @param models each model's figures, in the order of the table
   */
  record Comparison(
      int format, String target, String general, double fineTuningRate, List<Model> models) {}

  /**
   * A model's metrics.
   *
   * @param model what was done to it
   * @param validation on what is chosen by
   * @param test on what was read once
   */
  record Model(String model, Sides validation, Sides test) {}

  /**
   * Metrics by name.
   *
   * @param target of examples of the target
   * @param general of those of all data
   */
  record Sides(SequencedMap<String, Double> target, SequencedMap<String, Double> general) {}

  /** Measures all models. */
  Comparison of(RunFiles personal) {
    var models = new ArrayList<Model>();
    double rate = Double.NaN;
    if (general.isPresent()) {
      try (var network = network(general.get())) {
        models.add(measured("before", network));
      }
      var tuned =
          new FineTuning(settings, settings.target.parts())
              .best(() -> network(general.get()), network -> measured("fine-tuned", network));
      models.add(tuned.measured());
      rate = settings.rate.group(settings.model.pipeline(), tuned.share()).learningRate();
    }
    try (var network = network(personal.folder())) {
      models.add(measured("personalized", network));
    }
    return new Comparison(
        FORMAT,
        settings.target.text(),
        general.map(Path::toString).orElse(""),
        rate,
        List.copyOf(models));
  }

  private static Network network(Path run) {
    try (var arena = Arena.ofConfined()) {
      return Models.trained(StartArguments.best(run, arena));
    }
  }

  private Model measured(String name, Network network) {
    var target = settings.target.parts();
    return new Model(
        name,
        new Sides(
            measured(network, target.validation()), measured(network, target.whole().validation())),
        new Sides(measured(network, target.test()), measured(network, target.whole().test())));
  }

  private SequencedMap<String, Double> measured(Network network, Examples examples) {
    var task = settings.target.parts().whole().task();
    return examples.size() == 0
        ? new LinkedHashMap<>()
        : new Evaluation(network, task, Loss.of(task), Training.DEFAULT_BATCH).of(examples);
  }
}
