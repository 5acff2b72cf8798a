package dev.gradus.djl;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a run consists of between two steps, to and from a checkpoint.
 *
 * <p>Tensors: every parameter under its name, and the optimizer's state under {@code
 * parameter/slot}, what an instance method has learned under {@code instances/}, what a training
 * method remembers under {@code method/}, and what one of several workers alone remembers under
 * {@code exchange/}. Texts: {@code identity.…} what a resumed run must share, {@code data.…} what
 * inputs and outputs mean, {@code progress.…} how far it is, {@code history.…} what schedules with
 * a memory were told, {@code threads.…}, {@code note.…}, and {@code test.…}, {@code test-of-last.…}
 * and {@code finished} once it is.
 */
final class RunState {
  static final String IDENTITY = "identity.";
  static final String PROGRESS = "progress.";
  private static final String HISTORY = "history.";
  static final String DATA = "data.";

  /** How many workers there were, if more than one. */
  static final String WORKERS = "workers";

  private static final String THREADS = "threads.";
  private static final String NOTE = "note.";
  private static final String TEST = "test.";
  private static final String LAST_TEST = "test-of-last.";
  private static final String FINISHED = "finished";

  private final Training training;
  private final Workers workers;
  private final RunIdentity identity;
  private final SequencedMap<String, String> description;
  private final ParameterValues parameters;
  private final Optimizer optimizer;
  private final InstanceState instances;
  private final TrainingMethod.Running method;
  private final Optional<StepProbe> probe;

  RunState(
      Training training,
      Workers workers,
      Optimizer optimizer,
      InstanceMethod.Running instances,
      TrainingMethod.Running method,
      Optional<StepProbe> probe,
      Arena arena) {
    this.training = training;
    this.workers = workers;
    this.instances = new InstanceState(training.data, instances, arena);
    this.optimizer = optimizer;
    this.method = method;
    this.probe = probe;
    identity = new RunIdentity(training);
    description = training.data.description().texts();
    parameters = ParameterValues.all(training.network, arena);
  }

  /** What makes this the run that it is. */
  SequencedMap<String, String> identity() {
    return identity.facts();
  }

  /**
   * The present state; its memory is the live one. Of workers that have the same weights only the
   * leader keeps them.
   */
  Checkpoint checkpoint(Progress progress) {
    return new Checkpoint(texts(progress), workers.lead() ? tensors() : own());
  }

  /** What a worker knows that does not lead, and others don't. */
  private List<Tensor> own() {
    var own = new ArrayList<>(method.state());
    own.addAll(workers.remembered());
    return own;
  }

  /** Takes over what this worker alone knew. */
  void restoreOwn(Progress progress, Map<String, Tensor> saved) {
    workers.restore(progress.step(), saved);
    if (!workers.lead()) {
      method.restore(saved);
    }
  }

  private List<Tensor> tensors() {
    var tensors = new ArrayList<>(parameters.present());
    tensors.addAll(optimizer.state());
    tensors.addAll(instances.tensors());
    tensors.addAll(method.state());
    probe.ifPresent(asked -> tensors.addAll(asked.state()));
    tensors.addAll(workers.remembered());
    return tensors;
  }

  private SequencedMap<String, String> texts(Progress progress) {
    var texts = new LinkedHashMap<String, String>();
    texts.putAll(Texts.under(IDENTITY, identity.facts()));
    texts.putAll(Texts.under(DATA, description));
    texts.putAll(Texts.under(PROGRESS, progress.texts()));
    texts.putAll(Texts.under(HISTORY, Measured.texts(optimizer.history())));
    texts.putAll(Texts.under(THREADS, threads()));
    if (workers.count() > 1) {
      texts.put(WORKERS, Integer.toString(workers.count()));
    }
    texts.putAll(Texts.under(NOTE, training.notes));
    return texts;
  }

  /** A checkpoint with the mark that the run is finished. */
  static Checkpoint finished(Checkpoint last, Tested tested) {
    var texts = new LinkedHashMap<>(last.metadata());
    texts.put(FINISHED, "true");
    texts.putAll(Texts.under(TEST, Texts.texts(tested.best())));
    texts.putAll(Texts.under(LAST_TEST, Texts.texts(tested.last())));
    return new Checkpoint(texts, last.tensors().values());
  }

  /** The test metrics of a finished run; nothing if it is not finished. */
  static Optional<Tested> finished(Checkpoint saved) {
    var texts = saved.metadata();
    return texts.containsKey(FINISHED)
        ? Optional.of(
            new Tested(
                Texts.numbers(Texts.below(texts, TEST)),
                Texts.numbers(Texts.below(texts, LAST_TEST))))
        : Optional.empty();
  }

  /**
   * Takes over a saved state.
   *
   * @throws UserException if it is that of another run
   */
  Progress restore(Checkpoint saved) {
    var texts = saved.metadata();
    requireSame(saved);
    parameters.read(saved.tensors());
    var progress = Progress.of(Texts.below(texts, PROGRESS));
    optimizer.restore(progress.accepted() * training.method.updates(), saved.tensors());
    instances.restore(saved.tensors());
    method.restore(saved.tensors());
    probe.ifPresent(asked -> asked.restore(saved.tensors()));
    optimizer.restore(Measured.history(Texts.below(texts, HISTORY)));
    return progress;
  }

  private void requireSame(Checkpoint saved) {
    var differences =
        new ArrayList<>(identity.differences(Texts.below(saved.metadata(), IDENTITY)));
    differences.addAll(Differences.ofParameters(parameters.present(), saved.tensors()));
    var others = instances.difference(saved.tensors());
    if (others.isPresent()) {
      differences.addFirst(others.get());
      throw new OtherExamplesException(Differences.refusal(differences));
    }
    if (!differences.isEmpty()) {
      throw new UserException(Differences.refusal(differences));
    }
  }

  /**
   * Takes over what another run has learned about single examples.
   *
   * @return what there is to say about it
   * @throws UserException if that run has learned nothing of the kind
   */
  String takeOverInstances(Checkpoint earlier) {
    return instances.takeOver(earlier.tensors());
  }

  /** Takes over what a network is used with: the averages of its weights if there are any. */
  void readForUse(Checkpoint saved) {
    parameters.read(saved.tensors());
    parameters.read(Averages.among(saved.tensors().values()));
  }

  /** What is different from before without making it another run, one sentence each. */
  List<String> remarks(Checkpoint saved) {
    var before = Texts.below(saved.metadata(), THREADS);
    var remarks = new ArrayList<String>();
    threads()
        .forEach(
            (part, now) -> {
              var then = before.getOrDefault(part, "unknown");
              if (!then.equals(now)) {
                remarks.add(remark(part, then, now));
              }
            });
    return remarks;
  }

  private static String remark(String part, String before, String now) {
    return "The threads of the %3$s: %1$s then, %2$s now; the last bits may differ."
        .formatted(before, now, part);
  }

  private SequencedMap<String, String> threads() {
    var threads = new LinkedHashMap<String, String>();
    threads.put("torch", Integer.toString(training.torchThreads));
    threads.put("optimizer", Integer.toString(training.optimizerThreads));
    return threads;
  }
}
