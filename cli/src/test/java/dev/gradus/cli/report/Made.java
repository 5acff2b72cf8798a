package dev.gradus.cli.report;

import dev.gradus.cli.run.Result;
import dev.gradus.cli.sweep.EpochSummary;
import dev.gradus.cli.sweep.Phase;
import dev.gradus.cli.sweep.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Runs that nobody has made. */
final class Made {
  private static final long STEPS = 10;

  private Made() {}

  /** A run with these accuracies, on validation after each epoch and on test at the end. */
  static RunSummary run(String optimizer, long seed, double test, double... validation) {
    var epochs = new ArrayList<EpochSummary>();
    for (int i = 0; i < validation.length; i++) {
      epochs.add(epoch(i + 1, validation[i]));
    }
    var last = validation.length == 0 ? Double.NaN : validation[validation.length - 1];
    return summary(optimizer, seed, null, result(validation.length, test, last), epochs);
  }

  private static EpochSummary epoch(long epoch, double accuracy) {
    var norms = Map.of("weightNorm", 2.0, "updateNorm", 0.1, "clipNorm", 3.0);
    return new EpochSummary(
        epoch,
        STEPS * epoch,
        epoch,
        0.01,
        1.0 / epoch,
        accuracy(accuracy),
        Map.of("weight", norms, "bias", norms, "hidden", Map.of("primalResidual", 0.3)));
  }

  private static Result result(int epochs, double test, double validation) {
    return new Result(
        1,
        "",
        STEPS * epochs,
        0,
        epochs,
        epochs,
        false,
        epochs,
        0.1,
        accuracy(validation),
        accuracy(test),
        accuracy(test - 0.01),
        1000,
        null);
  }

  static SequencedMap<String, Double> accuracy(double value) {
    var metrics = new LinkedHashMap<String, Double>();
    metrics.put("loss", 1 - value);
    metrics.put("accuracy", value);
    return metrics;
  }

  static RunSummary diverged(String optimizer, long seed) {
    return summary(optimizer, seed, "the loss in step 3", null, List.of());
  }

  private static RunSummary summary(
      String optimizer,
      long seed,
      @Nullable String diverged,
      @Nullable Result result,
      List<EpochSummary> epochs) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("data", "digits");
    settings.put("optimizer", optimizer);
    settings.put("epochs", 3);
    settings.put("seed", seed);
    return new RunSummary(
        1,
        Phase.FINAL,
        settings,
        new RunSummary.DataSummary("digits", 100, 10, 10, "ab"),
        1000,
        diverged,
        result,
        epochs,
        List.of());
  }

  static Sample sample(RunSummary summary) {
    return new Sample("run", summary);
  }

  /** A side with runs of seeds 0, 1, … that reach these test accuracies. */
  static Side side(String name, double... test) {
    var runs = new ArrayList<Sample>();
    for (int seed = 0; seed < test.length; seed++) {
      runs.add(sample(run(name, seed, test[seed], 0.5, test[seed])));
    }
    return new Side(name, "", runs, List.of(), List.of());
  }

  static Comparison comparison(Side... sides) {
    return new Comparison(
        "made", true, "accuracy", sides[0].name(), new LinkedHashMap<>(), List.of(sides));
  }
}
