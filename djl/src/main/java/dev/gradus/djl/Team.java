package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.StoredCheckpoint;
import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.FloatArrays;
import dev.gradus.exchange.GradientExchange;
import dev.gradus.exchange.Traffic;
import dev.gradus.exchange.Transport;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One of several workers that make the steps of a run together. */
final class Team implements Workers {
  /** In every how manieth step weights are compared. */
  private static final long COMPARED_EVERY = 100;

  private static final long NONE = -1;
  private static final String PREFIX = "exchange/";

  private final Transport transport;
  private final ParameterBinding binding;
  private final Conversation conversation;
  private final Collectives collectives;
  private final GradientExchange gradients;
  private final ParameterValues statistics;
  private final Arena arena;
  private final LongFunction<Wishes> wishing;
  private final Optional<LeftBehind> leftBehind;
  private Wishes agreed = Wishes.NONE;

  Team(
      Training training,
      Transport transport,
      ParameterBinding binding,
      Arena arena,
      LongFunction<Wishes> wishing) {
    if (!training.instances.equals(InstanceMethod.UNIFORM)) {
      throw new UserException(
          training.instances + " works in one process only; train with one worker or without it.");
    }
    this.transport = transport;
    this.binding = binding;
    this.arena = arena;
    this.wishing = wishing;
    leftBehind =
        Optional.ofNullable(training.checkpoints)
            .map(kept -> new LeftBehind(kept.folder(), rank(), count()));
    collectives = new Collectives(transport);
    conversation = new Conversation(collectives);
    statistics = ParameterValues.runningStatistics(training.network, arena);
    gradients =
        new GradientExchange(
            binding.parameters(), training.compressor, transport, collectives, arena);
  }

  @Override
  public int rank() {
    return transport.rank();
  }

  @Override
  public int count() {
    return transport.workers();
  }

  @Override
  public void requireSame(SequencedMap<String, String> facts) {
    var all = conversation.facts(withParameters(facts));
    for (int rank = 1; rank < all.size(); rank++) {
      var differences = Differences.ofWorkers(all.getFirst(), all.get(rank), rank);
      if (!differences.isEmpty()) {
        throw new UserException(
            "The workers don't run the same: %s; start all with the same program, settings and data."
                .formatted(Differences.joined(differences)));
      }
    }
  }

  private SequencedMap<String, String> withParameters(SequencedMap<String, String> facts) {
    var all = new LinkedHashMap<>(facts);
    for (var parameter : binding.parameters()) {
      all.put("parameter " + parameter.name(), parameter.shape().dimensions().toString());
    }
    return all;
  }

  @Override
  public void align(CheckpointKeeper keeper, Consumer<String> problems) {
    try (var reading = Arena.ofConfined()) {
      var own = keeper.all(reading, problems).stream().map(Team::milestone).toList();
      keeper.goBackTo(Milestone.common(conversation.milestones(own)).orElse(NONE));
    }
  }

  private static Milestone milestone(StoredCheckpoint stored) {
    var workers = stored.checkpoint().metadata().getOrDefault(RunState.WORKERS, "1");
    return new Milestone(stored.step(), Integer.parseInt(workers));
  }

  @Override
  public Optional<Checkpoint> share(Checkpoint leaders) {
    var shared = new SharedCheckpoint(transport);
    if (lead()) {
      shared.send(without(leaders, PREFIX));
      return Optional.empty();
    }
    return Optional.of(shared.receive(arena));
  }

  private static Checkpoint without(Checkpoint checkpoint, String prefix) {
    var others =
        checkpoint.tensors().values().stream()
            .filter(tensor -> !tensor.name().startsWith(prefix))
            .toList();
    return new Checkpoint(checkpoint.metadata(), others);
  }

  @Override
  public List<Double> largest(List<Double> measured) {
    var all = conversation.measurements(measured);
    return IntStream.range(0, measured.size())
        .mapToObj(
            place -> all.stream().map(each -> each.get(place)).reduce(Math::max).orElseThrow())
        .toList();
  }

  @Override
  public Verdict agree(
      double loss, ParameterBinding gradients, Optional<String> diverged, long step) {
    var own =
        new Vote(loss, notFinite(loss, gradients), wishing.apply(step + 1), diverged.orElse(""));
    var votes = conversation.votes(own);
    agreed = new Wishes(votes.getFirst().wishes().checkpoint(), Vote.anyStops(votes));
    double mean = votes.stream().mapToDouble(Vote::loss).sum() / count();
    return new Verdict(mean, Vote.notFinite(votes).map(this::named), Vote.diverged(votes));
  }

  private String named(int index) {
    return index == Vote.LOSS
        ? Verdict.LOSS
        : "the gradient of " + binding.parameters().get(index).name();
  }

  private int notFinite(double loss, ParameterBinding gradients) {
    if (!Double.isFinite(loss)) {
      return Vote.LOSS;
    }
    for (int index = 0; index < gradients.parameters().size(); index++) {
      var gradient = gradients.gradient(index);
      if (gradient != null && !FloatArrays.finite(gradient)) {
        return index;
      }
    }
    return Vote.ALL_FINITE;
  }

  @Override
  public Wishes agreed(LongFunction<Wishes> now, long step) {
    var wishes = agreed;
    agreed = Wishes.NONE;
    return wishes;
  }

  @Override
  public void average(long step, ParameterBinding own) {
    gradients.average(step, own);
  }

  @Override
  public void compare(long step, ParameterBinding weights) {
    if (step % COMPARED_EVERY == 0) {
      var names = binding.parameters();
      var sums = LongStream.range(0, names.size()).map(i -> weights.checksum((int) i)).boxed();
      requireEqual(conversation.numbers(sums.toList()), step);
    }
  }

  private void requireEqual(List<List<Long>> checksums, long step) {
    for (int rank = 1; rank < checksums.size(); rank++) {
      for (int index = 0; index < binding.parameters().size(); index++) {
        if (!checksums.get(rank).get(index).equals(checksums.getFirst().get(index))) {
          throw new IllegalStateException(
              "After step %d worker %d has other values in %s than worker 0, though both made the same steps; its memory or processor may be faulty."
                  .formatted(step, rank, binding.parameters().get(index).name()));
        }
      }
    }
  }

  @Override
  public void averageStatistics() {
    for (Tensor tensor : statistics.present()) {
      collectives.sum(tensor.data());
      FloatArrays.divide(tensor.data(), count());
    }
  }

  @Override
  public List<Tensor> remembered() {
    var own = new ArrayList<Tensor>();
    gradients.residues().forEach(residue -> own.add(prefixed(residue)));
    if (!lead()) {
      own.addAll(statistics.present());
    }
    return own;
  }

  private static Tensor prefixed(Tensor residue) {
    return new Tensor(PREFIX + residue.name(), residue.dtype(), residue.shape(), residue.data());
  }

  @Override
  public void restore(long step, Map<String, Tensor> saved) {
    statistics.read(saved);
    addResidues(saved);
    leftBehind.ifPresent(others -> others.takeOver(step, this::addResidues));
  }

  private void addResidues(Map<String, Tensor> saved) {
    var residues = new HashMap<String, Tensor>();
    saved.forEach(
        (name, tensor) -> {
          if (name.startsWith(PREFIX)) {
            residues.put(name.substring(PREFIX.length()), tensor);
          }
        });
    gradients.add(residues);
  }

  @Override
  public Optional<Traffic> traffic() {
    return Optional.of(gradients.traffic());
  }
}
