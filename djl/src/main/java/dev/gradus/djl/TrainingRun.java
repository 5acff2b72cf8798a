package dev.gradus.djl;

import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.djl.TrainingResult.Outcome;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of a {@link Training}: the loop over steps and epochs. */
final class TrainingRun {
  private static final String START = "start";

  private final Training training;
  private final long began = System.nanoTime();
  private final Arena arena;
  private final Pace pace = new Pace();
  private final List<String> problems = new ArrayList<>();
  private final Batches batches;
  private final ParameterBinding binding;
  private final Workers workers;
  private final Optimizer optimizer;
  private final InstanceMethod.Running instances;
  private final TrainingMethod.Running method;
  private final Optional<StepProbe> probe;
  private final RunState state;
  private final TrainingStep step;
  private final Onlookers onlookers;
  private final Assessment assessment;
  private final CheckpointKeeper keeper;
  private Progress progress = Progress.START;
  private boolean endWanted;

  /** Works with a keeper, an arena and what it opens, which the caller closes in the end. */
  TrainingRun(Training training, CheckpointKeeper keeper, Arena arena, Opened opened) {
    this.training = training;
    this.keeper = keeper;
    this.arena = arena;
    Torch.useThreads(training.torchThreads);
    training.earlyStopping.require(training.data, training.choice);
    MethodFit.require(training);
    training.network.prepare(training.data, training.seed);
    batches = Batches.shuffled(training.data.train().size(), training.batch, training.seed);
    binding = new ParameterBinding(training.network);
    workers = workers();
    requireParts();
    optimizer = opened.add(RunOptimizer.of(training, binding, updates()), Optimizer::close);
    training.instances.require(training.loss);
    instances = training.instances.start(training.data);
    method = training.method.start(training.network, training.data);
    probe =
        training.instances.trustedBatch() == 0
            ? Optional.empty()
            : Optional.of(
                opened.add(new StepProbe(training, binding, optimizer, arena), StepProbe::close));
    state = new RunState(training, workers, optimizer, instances, method, probe, arena);
    onlookers = opened.add(new Onlookers(training.network), Onlookers::close);
    onlookers.begin(training);
    assessment = new Assessment(training, state, optimizer, onlookers);
    step =
        new TrainingStep(
            training, workers, binding, optimizer, onlookers, instances, method, probe, arena);
  }

  private Workers workers() {
    return training.transport == null
        ? new Alone()
        : new Team(training, training.transport, binding, arena, this::wishes);
  }

  private void requireParts() {
    if (batches.smallest() < workers.count()) {
      throw new UserException(
          "A batch of %d examples can't be shared by %d workers; take larger batches or fewer workers."
              .formatted(batches.smallest(), workers.count()));
    }
    training.network.requireNormalisable(
        batches.smallestPart(training.accumulation * workers.count()));
  }

  private Workers.Wishes wishes(long step) {
    return new Workers.Wishes(keeper.due(step), training.stop.getAsBoolean());
  }

  TrainingResult run() {
    workers.requireSame(state.identity());
    workers.align(keeper, problems::add);
    var saved = begin(keeper.resume(arena, problems::add));
    problems.addAll(Averages.remarks(training.groups, updates()));
    probe.flatMap(StepProbe::remark).ifPresent(problems::add);
    problems.addAll(ScriptModule.remarks(training.network.block()));
    tell(
        new TrainingEvent.Started(
            progress.step(), totalSteps(), training.epochs, binding.size(), List.copyOf(problems)));
    var test = saved.flatMap(RunState::finished);
    if (test.isPresent()) {
      state.readForUse(keeper.best().or(() -> saved).orElseThrow());
      return ended(Outcome.ALREADY_FINISHED, test.get());
    }
    return train() ? finish() : ended(Outcome.INTERRUPTED, Tested.NOT);
  }

  /**
   * Brings this worker to where the run begins or goes on.
   *
   * @param own its own checkpoint
   * @return the checkpoint from which the whole run goes on
   */
  private Optional<Checkpoint> begin(Optional<Checkpoint> own) {
    if (workers.lead()) {
      own.ifPresentOrElse(this::goOnFrom, this::start);
    }
    var leaders = workers.share(own.orElseGet(() -> state.checkpoint(progress)));
    leaders.ifPresent(this::goOnFrom);
    own.ifPresent(saved -> state.restoreOwn(progress, saved.tensors()));
    return leaders.isPresent() ? leaders : own;
  }

  private void start() {
    training.beginning.accept(optimizer);
    if (training.earlier != null) {
      takeOverInstances(training.earlier);
    }
    if (optimizer.actions().contains(START)) {
      optimizer.act(START, binding);
    }
  }

  private void takeOverInstances(Path folder) {
    try (var reading = Arena.ofConfined()) {
      var earlier = Trained.newest(folder, reading, problems::add).checkpoint().checkpoint();
      problems.add(state.takeOverInstances(earlier));
    }
  }

  private void goOnFrom(Checkpoint saved) {
    progress = state.restore(saved);
    problems.addAll(state.remarks(saved));
  }

  /** Makes all steps that are left; false if it was asked to stop before. */
  private boolean train() {
    var rest = batches.from(progress.epoch(), progress.batch(), training.epochs, workers::part);
    try (var prefetch =
        new Prefetch(
            training.data.train(), training.augmentation, training.seed, training.batch, rest)) {
      while (!isOver()) {
        advance(prefetch);
        var wishes = workers.agreed(this::wishes, progress.step());
        if (wishes.stop() || wishes.checkpoint()) {
          write(state.checkpoint(progress));
        }
        if (wishes.stop()) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isOver() {
    return progress.epoch() == training.epochs
        || endWanted
        || training.earlyStopping.isDue(progress.standstill());
  }

  private void advance(Prefetch prefetch) {
    if (progress.batch() < batches.perEpoch()) {
      makeStep(prefetch);
    } else {
      endEpoch();
    }
  }

  private void makeStep(Prefetch prefetch) {
    long start = System.nanoTime();
    if (training.measureEvery > 0 && progress.step() % training.measureEvery == 0) {
      optimizer.measureNextStep();
    }
    var batch = prefetch.next();
    var place = new Onlookers.Place(progress.batch() + 1L, batches.perEpoch());
    var outcome = step.run(batch, progress.step(), place);
    pace.made(System.nanoTime() - start, batch.whole());
    switch (outcome) {
      case TrainingStep.Made made -> accept(made, batch.whole());
      case TrainingStep.Refused refused -> refuse(refused);
    }
    notice(instances.remarks());
    notice(method.remarks());
  }

  private void notice(List<String> sentences) {
    sentences.forEach(sentence -> tell(new TrainingEvent.Noticed(progress.step(), sentence)));
  }

  private void accept(TrainingStep.Made made, int size) {
    var event =
        new TrainingEvent.StepDone(
            progress.step(),
            progress.epoch(),
            made.loss(),
            pace.examplesPerSecond(),
            pace.remaining(totalSteps() - progress.step() - 1),
            made.learningRate(),
            made.measured(),
            elapsed());
    progress = progress.afterStep(made.loss(), size);
    tell(event);
  }

  private void refuse(TrainingStep.Refused refused) {
    if (training.onNotFinite == OnNotFinite.STOP) {
      throw training.method.updates() == 1
          ? new NotFiniteException(progress.step(), refused.notFinite())
          : NotFiniteException.betweenUpdates(progress.step(), refused.notFinite());
    }
    long number = progress.step();
    progress = progress.afterSkip();
    tell(new TrainingEvent.StepSkipped(number, refused.notFinite(), progress.skipped(), elapsed()));
  }

  private void endEpoch() {
    var ended = progress;
    workers.averageStatistics();
    var metrics = assessment.validate();
    endWanted = onlookers.epochEnded();
    optimizer.observe(Measured.afterEpoch(metrics, ended.trainLoss()));
    boolean best = training.choice.improves(metrics, ended.best());
    var standstill =
        training.earlyStopping.after(ended.standstill(), ended.epoch(), training.choice, metrics);
    progress = (best ? ended.withBest(metrics) : ended).withStandstill(standstill).afterEpoch();
    if (best && workers.lead()) {
      double figure = training.choice.figure(metrics);
      keeper.keepBest(state.checkpoint(progress), progress.step(), figure);
    }
    tellOfInstances(ended.epoch());
    tell(
        new TrainingEvent.EpochDone(
            ended.step(), ended.epoch(), ended.trainLoss(), metrics, best, elapsed()));
    workers
        .traffic()
        .ifPresent(traffic -> tell(new TrainingEvent.Exchanged(ended.step(), traffic)));
  }

  private void tellOfInstances(long epoch) {
    var learned = instances.state();
    if (!learned.isEmpty()) {
      tell(new TrainingEvent.InstancesLearned(epoch, learned));
    }
  }

  /**
   * Reads the test examples with the last weights and with the best, or their averages; the best
   * are left in the network, the last go into the last checkpoint.
   */
  private TrainingResult finish() {
    if (!workers.lead()) {
      write(state.checkpoint(progress));
      return ended(outcome(), Tested.NOT);
    }
    try (var copies = Arena.ofShared()) {
      var last = state.checkpoint(progress).snapshot(copies);
      var ofLast = assessment.test(last);
      var best = isLastBest() ? ofLast : keeper.best().map(assessment::test).orElse(ofLast);
      var tested = new Tested(best, ofLast);
      write(RunState.finished(last, tested));
      return ended(outcome(), tested);
    }
  }

  private Outcome outcome() {
    return progress.epoch() < training.epochs ? Outcome.STOPPED_EARLY : Outcome.FINISHED;
  }

  private boolean isLastBest() {
    return progress.bestEpoch() == progress.epoch() - 1;
  }

  private void write(Checkpoint checkpoint) {
    long start = System.nanoTime();
    var file = keeper.write(checkpoint, progress.step());
    var cost = Duration.ofNanos(System.nanoTime() - start);
    file.ifPresent(path -> tell(new TrainingEvent.CheckpointWritten(progress.step(), path, cost)));
  }

  private TrainingResult ended(Outcome outcome, Tested tested) {
    var result =
        new TrainingResult(
            outcome,
            progress.step(),
            progress.epoch(),
            progress.skipped(),
            progress.bestEpoch(),
            progress.best(),
            tested.best(),
            tested.last(),
            elapsed());
    tell(new TrainingEvent.Ended(result));
    return result;
  }

  private long totalSteps() {
    return (long) training.epochs * batches.perEpoch();
  }

  /** How often the weights are updated. */
  private long updates() {
    return totalSteps() * training.method.updates();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void tell(TrainingEvent event) {
    training.listeners.forEach(listener -> listener.on(event));
  }
}
