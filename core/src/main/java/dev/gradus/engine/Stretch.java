package dev.gradus.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passes of all tensors between two waits. Small tensors are packed into units of at least a
 * unit's length and run all their passes in one thread; a large tensor is cut into segments, and if
 * it has several passes it runs them one after the other while it is warm in the cache.
 */
final class Stretch implements WorkerPool.Task {
  private final WorkerPool workers;
  private final List<Workspace> workspaces;
  private final int unit;
  private List<TensorRun> present = List.of();
  private int from;
  private int to;
  private @Nullable PassRun large;

  private int packs;
  private int[] packFirst = new int[64];
  private int[] packLast = new int[64];

  Stretch(WorkerPool workers, List<Workspace> workspaces, int unit) {
    this.workers = workers;
    this.workspaces = workspaces;
    this.unit = unit;
  }

  void run(List<TensorRun> tensors, int fromPass, int toPass) {
    present = tensors;
    from = fromPass;
    to = toPass;
    if (workers.size() == 1 || totalSize() < unit) {
      for (int i = 0; i < present.size(); i++) {
        present.get(i).execution().run(from, to, workspaces.getFirst());
      }
      return;
    }
    packs = 0;
    large = null;
    packSmallTensors();
    workers.run(packs, this);
    for (int i = 0; i < present.size(); i++) {
      if (isLarge(i)) {
        runLarge(i);
      }
    }
  }

  @Override
  public void run(int number, int worker) {
    Workspace workspace = workspaces.get(worker);
    PassRun pass = large;
    if (pass != null) {
      pass.runUnit(number, workspace);
    } else {
      runSmall(packFirst[number], packLast[number], workspace);
    }
  }

  private void runSmall(int first, int last, Workspace workspace) {
    for (int i = first; i < last; i++) {
      if (!isLarge(i)) {
        execution(i).run(from, to, workspace);
      }
    }
  }

  private void packSmallTensors() {
    int first = 0;
    long size = 0;
    for (int i = 0; i < present.size(); i++) {
      size += isLarge(i) ? 0 : present.get(i).size();
      if (size >= unit) {
        pack(first, i + 1);
        first = i + 1;
        size = 0;
      }
    }
    if (size > 0) {
      pack(first, present.size());
    }
  }

  private void runLarge(int tensor) {
    Execution execution = execution(tensor);
    for (int p = from; p < Math.min(to, execution.passes()); p++) {
      execution.prepare(p, workspaces.getFirst());
      large = execution.pass(p);
      workers.run(execution.pass(p).units(), this);
      execution.collect(p);
    }
  }

  private void pack(int first, int last) {
    if (packs == packFirst.length) {
      packFirst = Arrays.copyOf(packFirst, 2 * packs);
      packLast = Arrays.copyOf(packLast, 2 * packs);
    }
    packFirst[packs] = first;
    packLast[packs++] = last;
  }

  private boolean isLarge(int tensor) {
    return present.get(tensor).size() > unit;
  }

  private long totalSize() {
    long size = 0;
    for (int i = 0; i < present.size(); i++) {
      size += present.get(i).size();
    }
    return size;
  }

  private Execution execution(int tensor) {
    return present.get(tensor).execution();
  }
}
