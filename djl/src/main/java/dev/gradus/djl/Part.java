package dev.gradus.djl;

import dev.gradus.djl.data.SplitMix64;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring examples of a batch that are computed together, and what decides the random numbers
 * of their passes.
 *
 * @param batch the examples
 * @param first the place of the first of them in the worker's batch
 * @param seed the seed of the run
 * @param step the number of the step
 * @param number which part of all workers' parts it is
 */
record Part(Batch batch, int first, long seed, long step, long number) {
  private static final long DROPOUT = 0x64726f706f7574L;

  /** The parts of a worker's batch. */
  static List<Part> of(Training training, Batch batch, long step, int rank) {
    var parts = Range.cut(batch.size(), training.accumulation);
    long before = (long) rank * training.accumulation;
    return IntStream.range(0, parts.size())
        .mapToObj(
            part ->
                new Part(
                    batch.part(parts.get(part)),
                    parts.get(part).from(),
                    training.seed,
                    step,
                    before + part))
        .toList();
  }

  /** Its examples, when PyTorch is seeded for their forward pass. */
  Batch seeded() {
    seed(0);
    return batch;
  }

  /** Seeds PyTorch for a pass through some of the network: the same for the same stretch. */
  void seed(int stretch) {
    var numbers = SplitMix64.at(seed, DROPOUT, step, number);
    for (int i = 0; i < stretch; i++) {
      numbers.next();
    }
    Torch.seed(numbers.next());
  }
}
