package dev.gradus.engine;

import java.util.Arrays;
import java.util.List;

/**
 * The passes of all tensors between two waits. Small tensors are packed into units of about 64K
 * floats and run all their passes in one thread; a large tensor is cut into segments, and if it has
 * several passes it runs them one after the other while it is warm in the cache.
 */
final class Stretch implements WorkerPool.Task {
  private final WorkerPool workers;
  private final float[][] lanes;
  private List<TensorRun> present = List.of();
  private int from;
  private int to;
  private int pass;

  private int units;
  private int[] unitTensor = new int[64];
  private int[] unitFirst = new int[64];
  private int[] unitLast = new int[64];

  Stretch(WorkerPool workers, float[][] lanes) {
    this.workers = workers;
    this.lanes = lanes;
  }

  void run(List<TensorRun> tensors, int fromPass, int toPass) {
    present = tensors;
    from = fromPass;
    to = toPass;
    if (workers.size() == 1 || totalSize() < Layout.PLAIN) {
      for (int i = 0; i < present.size(); i++) {
        present.get(i).execution().run(from, to, lanes[0]);
      }
      return;
    }
    units = 0;
    packSmallTensors();
    workers.run(units, this);
    for (int i = 0; i < present.size(); i++) {
      if (isLarge(i)) {
        runLarge(i);
      }
    }
  }

  @Override
  public void run(int unit, int worker) {
    int tensor = unitTensor[unit];
    if (tensor >= 0) {
      execution(tensor).pass(pass).run(unitFirst[unit], unitLast[unit], lanes[worker]);
      return;
    }
    for (int i = unitFirst[unit]; i < unitLast[unit]; i++) {
      if (!isLarge(i)) {
        execution(i).run(from, to, lanes[worker]);
      }
    }
  }

  private void packSmallTensors() {
    int first = 0;
    long size = 0;
    for (int i = 0; i < present.size(); i++) {
      size += isLarge(i) ? 0 : present.get(i).size();
      if (size >= Layout.PLAIN) {
        add(-1, first, i + 1);
        first = i + 1;
        size = 0;
      }
    }
    if (size > 0) {
      add(-1, first, present.size());
    }
  }

  private void runLarge(int tensor) {
    Execution execution = execution(tensor);
    for (int p = from; p < Math.min(to, execution.passes()); p++) {
      execution.prepare(p);
      if (!execution.pass(p).isEmpty()) {
        cut(tensor, execution.pass(p).layout());
        pass = p;
        workers.run(units, this);
      }
      execution.collect(p);
    }
  }

  private void cut(int tensor, Layout layout) {
    units = 0;
    for (int s = 0; s < layout.count(); s += layout.segmentsPerUnit()) {
      add(tensor, s, Math.min(layout.count(), s + layout.segmentsPerUnit()));
    }
  }

  private void add(int tensor, int first, int last) {
    if (units == unitTensor.length) {
      unitTensor = Arrays.copyOf(unitTensor, 2 * units);
      unitFirst = Arrays.copyOf(unitFirst, 2 * units);
      unitLast = Arrays.copyOf(unitLast, 2 * units);
    }
    unitTensor[units] = tensor;
    unitFirst[units] = first;
    unitLast[units++] = last;
  }

  private boolean isLarge(int tensor) {
    return present.get(tensor).size() > Layout.PLAIN;
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
