package dev.gradus.bench;

import java.util.ArrayList;
import java.util.List;

/** Tensors cut into parts for a hand-written loop: large ones for one thread, small for several. */
final class Cut implements AutoCloseable {
  private static final int ALONE = 1 << 20;
  private static final int SHARED = 1 << 16;

  private record Part(int tensor, long first, int count) {}

  private final List<Part> parts = new ArrayList<>();
  private final Team team;

  Cut(Memory memory, int threads) {
    int length = threads == 1 ? ALONE : SHARED;
    for (int tensor = 0; tensor < memory.count(); tensor++) {
      long size = memory.size(tensor);
      for (long first = 0; first < size; first += length) {
        parts.add(new Part(tensor, first, (int) Math.min(length, size - first)));
      }
    }
    team = new Team(threads);
  }

  /** Walks all parts whenever it is run. */
  Runnable walk(Walk loop) {
    Team.Piece piece =
        index -> {
          Part part = parts.get(index);
          loop.run(part.tensor(), part.first(), part.count());
        };
    return () -> team.run(parts.size(), piece);
  }

  @Override
  public void close() {
    team.close();
  }
}
