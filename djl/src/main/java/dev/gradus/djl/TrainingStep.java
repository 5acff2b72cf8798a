package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import dev.gradus.Optimizer;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One step: gradients of the parts of a batch, exchange, update; several times for a method that
 * updates the weights more than once in a step.
 *
 * <pre>
 *   remember the running statistics
 *   what the method measures with a worker's examples: the largest of all workers
 *   for each part:  seed PyTorch with (seed, step, part) → the method's gradients, usually
 *                   forward → loss of each example → weighted sum / size of the batch → backward,
 *                   which adds to the gradients
 *   the workers agree that all is finite and bounded → their mean gradient → optimizer → gradients to zero
 *   if anything was not finite: put the running statistics back; weights were not touched
 * </pre>
 */
final class TrainingStep {
  private final Training training;
  private final Workers workers;
  private final ParameterBinding binding;
  private final Optimizer optimizer;
  private final ParameterValues statistics;
  private final ParameterValues passing;
  private final Onlookers onlookers;
  private final InstanceMethod.Running instances;
  private final TrainingMethod.Running method;
  private final Optional<StepProbe> probe;

  TrainingStep(
      Training training,
      Workers workers,
      ParameterBinding binding,
      Optimizer optimizer,
      Onlookers onlookers,
      InstanceMethod.Running instances,
      TrainingMethod.Running method,
      Optional<StepProbe> probe,
      Arena arena) {
    this.training = training;
    this.workers = workers;
    this.onlookers = onlookers;
    this.instances = instances;
    this.method = method;
    this.probe = probe;
    this.binding = binding;
    this.optimizer = optimizer;
    statistics = ParameterValues.withoutGradient(training.network, arena);
    passing = ParameterValues.runningStatistics(training.network, arena);
  }

  /** What became of a step. */
  sealed interface Outcome {}

  /** The weights have changed; the loss is that before the change. */
  record Made(double loss, double learningRate, Map<String, Map<String, Double>> measured)
      implements Outcome {

    /** What became of the step with a further update. */
    Outcome then(Outcome further) {
      return further instanceof Refused ? further : this;
    }

    /** With what the method measured, if the step is one that is measured. */
    Made measuring(Map<String, Map<String, Double>> further) {
      if (measured.isEmpty() || further.isEmpty()) {
        return this;
      }
      var all = new LinkedHashMap<>(measured);
      all.putAll(further);
      return new Made(loss, learningRate, all);
    }
  }

  /** Nothing has changed, because the loss or a gradient was not finite. */
  record Refused(String notFinite) implements Outcome {}

  Outcome run(Batch batch, long step, Onlookers.Place place) {
    binding.requireSameArrays();
    statistics.remember();
    probe.ifPresent(asked -> asked.begin(step));
    probe.ifPresent(asked -> instances.before(batch, asked));
    var outcome = updates(batch, step, place);
    instances.stepped(batch, outcome instanceof Made);
    if (outcome instanceof Refused) {
      statistics.putBack();
    } else {
      probe.ifPresent(asked -> instances.after(batch, asked));
    }
    return outcome;
  }

  private Outcome updates(Batch batch, long step, Onlookers.Place place) {
    if (onlookers.none()) {
      return updates(parts(batch, step, _ -> {}), step, () -> {});
    }
    try (var outputs = new Outputs(training.network)) {
      var train = training.data.train();
      return updates(
          parts(batch, step, outputs::keep),
          step,
          () -> onlookers.trained(batch, train, place, outputs.joined()));
    }
  }

  private List<BatchPart> parts(Batch batch, long step, Consumer<NDArray> seen) {
    double share = (double) workers.count() / batch.whole();
    return Part.of(training, batch, step, workers.rank()).stream()
        .map(part -> new BatchPart(training, instances, method, passing, part, share, seen))
        .toList();
  }

  private Outcome updates(List<BatchPart> parts, long step, Runnable passed) {
    method.scheduled(optimizer.scheduleMultiplier(0));
    measure(parts.getFirst());
    var outcome = update(parts, step, 0, passed);
    for (int update = 1; update < training.method.updates(); update++) {
      if (outcome instanceof Made made) {
        outcome = made.then(update(parts, step, update, () -> {}));
      }
    }
    return outcome instanceof Made made ? made.measuring(method.measured()) : outcome;
  }

  private void measure(BatchPart part) {
    if (method.measures()) {
      var measured = new ArrayList<Double>();
      part.compute(() -> measured.addAll(method.measure(part)));
      method.agreed(workers.largest(measured));
    }
  }

  private Outcome update(List<BatchPart> parts, long step, int update, Runnable passed) {
    double loss = gradients(parts, update);
    if (Double.isFinite(loss)) {
      passed.run();
    }
    binding.locate();
    var verdict = workers.agree(loss, binding, method.divergence(), step);
    requireBounded(verdict, step);
    var outcome =
        verdict.notFinite().<Outcome>map(Refused::new).orElseGet(() -> make(verdict, step));
    binding.zeroGradients();
    if (outcome instanceof Made) {
      parts.forEach(part -> part.compute(() -> method.updated(part, update)));
    }
    return outcome;
  }

  private double gradients(List<BatchPart> parts, int update) {
    double loss = 0;
    for (var part : parts) {
      loss += Double.isFinite(loss) ? part.computed(() -> method.gradients(part, update)) : 0;
    }
    return loss;
  }

  private static void requireBounded(Workers.Verdict verdict, long step) {
    verdict
        .diverged()
        .ifPresent(
            what -> {
              throw new DivergedException(step, what);
            });
  }

  private Outcome make(Workers.Verdict verdict, long step) {
    workers.average(step, binding);
    double learningRate = optimizer.learningRate(0);
    var report = optimizer.step(binding);
    workers.compare(step, binding);
    return report.accepted()
        ? new Made(verdict.loss(), learningRate, report.measured())
        : new Refused("the gradient of " + report.notFinite().orElseThrow());
  }
}
