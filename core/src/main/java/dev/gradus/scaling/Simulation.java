package dev.gradus.scaling;

import dev.gradus.exchange.GradientExchange;
import dev.gradus.scaling.Load.Manner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A team at work, event by event.
 *
 * <p>A worker has a thread that computes, packs and adds, and a link in each direction. What is
 * sent to several workers leaves by turns, a little to each; therefore as much arrives anywhere in
 * any moment as leaves elsewhere, at most, and nothing waits before the link by which it arrives.
 *
 * <pre>
 * step:    compute → vote → sum what is sent as it is, small tensors together → gather parcels of the others
 * vote:    a few bytes from everyone to everyone: nobody exchanges before all have computed
 * sum:     send everyone its part; add what arrives of the own part; send the sum to everyone.
 *          Two workers, or more with few bytes, send each other everything instead
 * gather:  pack some tensors, send them to all others; the next parcel is packed and sent before
 *          this one is awaited; then add the packs of all
 * </pre>
 *
 * <p>This is the order of {@link dev.gradus.exchange.GradientExchange}.
 */
final class Simulation {
  private static final double VOTE = 14;
  private static final double LENGTH = Integer.BYTES;
  private static final double FEW = 32 << 10;
  private static final double PIECE = 256 << 10;

  private final int workers;
  private final Link link;
  private final Work work;
  private final Random random;
  private final List<Load> sums;
  private final List<Parcel> parcels;
  private final double[] thread;
  private final double[] up;
  private final double[] pace;
  private double bytesSent;

  Simulation(Team team, Work work, Random random) {
    workers = team.workers();
    link = team.link();
    this.work = work;
    this.random = random;
    sums = sums(loads(Manner.SUM));
    parcels = parcels(loads(Manner.GATHER));
    thread = new double[workers];
    up = new double[workers];
    pace = new double[workers];
  }

  /** Tensors that travel in one message. */
  private record Parcel(double bytes, double pack, double unpack) {
    static Parcel of(List<Load> loads) {
      return new Parcel(
          loads.stream().mapToDouble(load -> LENGTH + load.bytes()).sum(),
          loads.stream().mapToDouble(Load::pack).sum(),
          loads.stream().mapToDouble(Load::unpack).sum());
    }
  }

  private List<Load> loads(Manner manner) {
    return work.loads().stream().filter(load -> load.manner() == manner).toList();
  }

  /** Large tensors one by one, and all small ones as if they were one. */
  private static List<Load> sums(List<Load> loads) {
    var bySize = loads.stream().collect(Collectors.partitioningBy(Simulation::isLarge));
    var sums = new ArrayList<>(bySize.getOrDefault(true, List.of()));
    bySize.getOrDefault(false, List.of()).stream().reduce(Load::with).ifPresent(sums::add);
    return sums;
  }

  private static boolean isLarge(Load load) {
    return load.weights() >= GradientExchange.LARGE;
  }

  private static List<Parcel> parcels(List<Load> loads) {
    var parcels = new ArrayList<Parcel>();
    int first = 0;
    long weights = 0;
    for (int i = 0; i < loads.size(); i++) {
      weights += loads.get(i).weights();
      if (weights >= GradientExchange.LARGE || i == loads.size() - 1) {
        parcels.add(Parcel.of(loads.subList(first, i + 1)));
        first = i + 1;
        weights = 0;
      }
    }
    return parcels;
  }

  /** When the last worker has finished, in seconds from the beginning. */
  double end() {
    return Arrays.stream(thread).max().orElseThrow();
  }

  /** What a worker has sent of its gradients so far. */
  double bytesSent() {
    return bytesSent;
  }

  void step() {
    for (int worker = 0; worker < workers; worker++) {
      pace[worker] = Math.exp(work.spread() * random.nextGaussian());
    }
    spend(work.compute());
    if (workers == 1) {
      return;
    }
    vote();
    sums.forEach(this::sum);
    gather();
  }

  private void vote() {
    receive(leave(VOTE * (workers - 1), workers - 1), workers - 1, 0);
  }

  private void gather() {
    double[] ends = {};
    double unpack = 0;
    for (var parcel : parcels) {
      spend(parcel.pack());
      var next = send(parcel.bytes() * (workers - 1), workers - 1);
      if (ends.length > 0) {
        receive(ends, workers - 1, unpack);
      }
      ends = next;
      unpack = parcel.unpack() * workers;
    }
    if (ends.length > 0) {
      receive(ends, workers - 1, unpack);
    }
  }

  private void sum(Load load) {
    int others = workers - 1;
    if (workers == 2 || load.bytes() <= FEW) {
      double messages = messages(load.bytes());
      receive(send(load.bytes() * others, messages), messages, load.unpack() * others);
    } else {
      double part = load.bytes() / workers;
      double messages = messages(part);
      double add = load.unpack() * others / workers;
      receive(send(part * others, messages), messages, add);
      receive(send(part * others, messages), messages, 0);
    }
  }

  private double messages(double bytes) {
    return Math.max(1, Math.ceil(bytes / PIECE)) * (workers - 1);
  }

  /** Every worker's thread works. */
  private void spend(double seconds) {
    for (int worker = 0; worker < workers; worker++) {
      thread[worker] += seconds * pace[worker];
    }
  }

  /** Every worker sends of its gradients; when the last of it has left each of them. */
  private double[] send(double bytes, double messages) {
    bytesSent += bytes;
    return leave(bytes, messages);
  }

  private double[] leave(double bytes, double messages) {
    for (int worker = 0; worker < workers; worker++) {
      thread[worker] += messages * link.message();
      up[worker] = Math.max(up[worker], thread[worker]) + link.seconds(bytes, messages);
    }
    return up.clone();
  }

  /** Every worker waits for all others, and adds what has arrived. */
  private void receive(double[] ends, double messages, double seconds) {
    int last = 0;
    for (int worker = 1; worker < workers; worker++) {
      last = ends[worker] > ends[last] ? worker : last;
    }
    double lastButOne = 0;
    for (int worker = 0; worker < workers; worker++) {
      lastButOne = worker == last ? lastButOne : Math.max(lastButOne, ends[worker]);
    }
    for (int worker = 0; worker < workers; worker++) {
      double arrived = (worker == last ? lastButOne : ends[last]) + link.latency();
      thread[worker] = Math.max(thread[worker], arrived) + messages * link.message();
    }
    spend(seconds);
  }
}
