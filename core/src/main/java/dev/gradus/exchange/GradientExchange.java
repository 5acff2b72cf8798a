package dev.gradus.exchange;

import dev.gradus.Parameter;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.engine.Tensors;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gives every worker the mean of all workers' gradients, sent as a compressor packs them.
 *
 * <pre>
 *   for each parcel of tensors:
 *     pack it and begin to send it to all others
 *     of the parcel before it:  gradient ← 0
 *                               for each worker, from 0 on: add what its pack stands for
 *                               gradient ← gradient / workers
 * </pre>
 *
 * <p>All workers add the same packs in the same order, so all get the same bits. Neighbouring
 * tensors share a parcel, because a message costs about as much as some thousand values. A parcel
 * is packed while the one before it is on its way, and no more are on their way than two.
 *
 * <p>If all are sent as they are, they go by {@link Collectives#sum} instead, small ones together:
 * then a worker sends its gradients less than twice, however many workers there are.
 *
 * <p>Gradients have to be finite; a value that is not would stay in the residue.
 */
public final class GradientExchange {
  /** From so many weights on a tensor travels alone, or what has gathered before it with it. */
  public static final long LARGE = 1 << 16;

  private static final long FIRST_TAG = 1;

  private final Transport transport;
  private final Collectives collectives;
  private final List<PackedTensor> members = new ArrayList<>();
  private final List<Parcel> parcels = new ArrayList<>();
  private final List<PackedTensor> summed = new ArrayList<>();
  private final Pool pool;
  private final Stopwatch packing = new Stopwatch();
  private final Stopwatch waiting = new Stopwatch();
  private long tag = FIRST_TAG;
  private long steps;
  private long bytesSent;

  /**
   * Prepares for the tensors of a network.
   *
   * @param parameters the trained parameters, the same ones in the same order at every worker
   * @param compressor what packs large weights; the others are sent as they are
   * @param transport to the other workers
   * @param collectives over the same transport
   * @param arena decides how long the residues live
   */
  public GradientExchange(
      List<Parameter> parameters,
      Compressor compressor,
      Transport transport,
      Collectives collectives,
      Arena arena) {
    this.transport = transport;
    this.collectives = collectives;
    for (int index = 0; index < parameters.size(); index++) {
      members.add(PackedTensor.of(index, parameters.get(index), compressor, arena));
    }
    pool = new Pool(compressor instanceof Dense ? sum() : List.of(), arena);
    if (!(compressor instanceof Dense)) {
      gather(arena);
    }
  }

  /** Lets large tensors be summed one by one; the others. */
  private List<PackedTensor> sum() {
    members.stream().filter(GradientExchange::isLarge).forEach(summed::add);
    return members.stream().filter(member -> !isLarge(member)).toList();
  }

  private static boolean isLarge(PackedTensor tensor) {
    return tensor.elements() >= LARGE;
  }

  private void gather(Arena arena) {
    var waiting = new ArrayList<PackedTensor>();
    for (var member : members) {
      waiting.add(member);
      closeIfLarge(waiting, arena);
    }
    close(waiting, arena);
  }

  private void closeIfLarge(List<PackedTensor> waiting, Arena arena) {
    if (waiting.stream().mapToLong(PackedTensor::elements).sum() >= LARGE) {
      close(waiting, arena);
    }
  }

  private void close(List<PackedTensor> waiting, Arena arena) {
    if (!waiting.isEmpty()) {
      parcels.add(new Parcel(List.copyOf(waiting), arena));
      waiting.clear();
    }
  }

  /**
   * Replaces every gradient by the mean over all workers.
   *
   * @param step the number of the step, from 0
   * @param tensors where the gradients lie: finite values; of a tensor without a gradient here,
   *     there is none at the others either
   * @throws LostWorkerException if another worker is lost, silent, or sends what is no pack
   */
  public void average(long step, Tensors tensors) {
    sum(tensors);
    for (int place = 0; place < parcels.size(); place++) {
      send(place, step, tensors);
      if (place > 0) {
        add(place - 1, tensors);
      }
    }
    if (!parcels.isEmpty()) {
      add(parcels.size() - 1, tensors);
    }
    tag += parcels.size();
    steps++;
  }

  private void sum(Tensors tensors) {
    long before = collectives.bytesSent();
    waiting.start();
    summed.forEach(tensor -> sum(tensor, tensors));
    pool.average(tensors, collectives, transport.workers());
    waiting.stop();
    bytesSent += collectives.bytesSent() - before;
  }

  private void sum(PackedTensor tensor, Tensors tensors) {
    var gradient = tensors.gradient(tensor.index());
    if (gradient != null) {
      collectives.sum(gradient);
      FloatArrays.divide(gradient, transport.workers());
      tensor.countPacked(gradient.byteSize());
    }
  }

  private void send(int place, long step, Tensors tensors) {
    packing.start();
    var packed = parcels.get(place).pack(step, tensors);
    packing.stop();
    for (int distance = 1; distance < transport.workers(); distance++) {
      int to = (transport.rank() + distance) % transport.workers();
      transport.send(to, tag + place, packed);
      bytesSent += packed.byteSize();
    }
  }

  private void add(int place, Tensors tensors) {
    var parcel = parcels.get(place);
    parcel.clear(tensors);
    for (int rank = 0; rank < transport.workers(); rank++) {
      if (rank == transport.rank()) {
        parcel.add(parcel.packed(), rank, tensors);
      } else {
        addReceived(parcel, rank, tag + place, tensors);
      }
    }
    parcel.divide(tensors, transport.workers());
  }

  private void addReceived(Parcel parcel, int rank, long tag, Tensors tensors) {
    waiting.start();
    transport.receive(
        rank,
        tag,
        message -> {
          waiting.stop();
          parcel.add(message, rank, tensors);
        });
  }

  /**
   * What is remembered of gradients that were not sent, for a checkpoint.
   *
   * @return one tensor for each parameter whose scheme remembers anything, under the parameter's
   *     name; their memory is the live one
   */
  public List<Tensor> residues() {
    return members.stream().flatMap(member -> member.remembered().stream()).toList();
  }

  /**
   * Takes over residues in addition to what is remembered now.
   *
   * @param saved residues of a worker by the parameters' names; a missing one is taken as 0
   * @throws IllegalArgumentException if one has another size, because it is of another scheme
   */
  public void add(Map<String, Tensor> saved) {
    members.forEach(member -> member.takeOver(saved));
  }

  /**
   * What was sent so far.
   *
   * @return counts since the object was made
   */
  public Traffic traffic() {
    return new Traffic(
        steps,
        packing.nanoseconds(),
        waiting.nanoseconds(),
        bytesSent,
        members.stream().map(PackedTensor::packed).toList());
  }
}
