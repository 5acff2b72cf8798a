package dev.gradus.djl.admm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.ndarray.NDArray;
import com.sun.management.OperatingSystemMXBean;
import dev.gradus.UserException;
import dev.gradus.djl.Batch;
import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Remembers the variables of every training example in native memory, from the first time that it
 * is seen.
 */
final class MemoryOfAll implements Memory {
  private static final long ALIGNMENT = 64;

  /** Which part of the machine's memory may be taken. */
  private static final double PART = 0.75;

  private final int examples;
  private final MemorySegment seen;
  private final List<Table> tables = new ArrayList<>();

  /** A row of floats for each example. */
  private record Table(Tensor tensor, int width) {
    float[] row(int example) {
      var row = new float[width];
      MemorySegment.copy(tensor.data(), JAVA_FLOAT, offset(example), row, 0, width);
      return row;
    }

    void row(int example, float[] values) {
      MemorySegment.copy(values, 0, tensor.data(), JAVA_FLOAT, offset(example), width);
    }

    private long offset(int example) {
      return (long) example * width * Float.BYTES;
    }
  }

  /**
   * Takes the memory.
   *
   * @param widths how many variables and how many duals an example has behind each cut, in turns
   * @throws UserException if the machine does not have it
   */
  MemoryOfAll(int examples, List<Integer> widths) {
    this.examples = examples;
    require(needed(examples, widths));
    seen = Arena.ofAuto().allocate(examples, ALIGNMENT);
    for (int i = 0; i < widths.size(); i++) {
      tables.add(table((i % 2 == 0 ? "z" : "u") + (i / 2 + 1), widths.get(i)));
    }
  }

  /** How many bytes that takes. */
  static long needed(long examples, List<Integer> widths) {
    return examples * (1 + Float.BYTES * widths.stream().mapToLong(Integer::longValue).sum());
  }

  private void require(long bytes) {
    var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long available = (long) (machine.getTotalMemorySize() * PART);
    if (bytes > available) {
      throw new UserException(
          "Auxiliary and dual variables of all %,d examples need %,d MB, but this machine can give %,d MB; train online, or cut where layers are narrower."
              .formatted(examples, bytes / 1_000_000, available / 1_000_000));
    }
  }

  private Table table(String name, int width) {
    long bytes = (long) examples * width * Float.BYTES;
    var data = Arena.ofAuto().allocate(bytes, ALIGNMENT);
    return new Table(
        new Tensor("method/" + name, Dtype.F32, List.of((long) examples, (long) width), data),
        width);
  }

  @Override
  public boolean recall(Batch part, int first, Point point) {
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.variables(cut, recalled(part, point.variables(cut), tables.get(2 * cut)));
      point.duals(cut, recalled(part, point.duals(cut), tables.get(2 * cut + 1)));
    }
    return true;
  }

  private NDArray recalled(Batch part, NDArray usual, Table table) {
    var rows = Rows.of(usual);
    for (int place = 0; place < part.size(); place++) {
      if (seen.get(JAVA_BYTE, part.index(place)) == 1) {
        rows.row(place, table.row(part.index(place)));
      }
    }
    return rows.array();
  }

  @Override
  public void keep(Batch part, int first, Point point) {
    for (int cut = 0; cut < point.cuts(); cut++) {
      keep(part, Rows.of(point.variables(cut)), tables.get(2 * cut));
      keep(part, Rows.of(point.duals(cut)), tables.get(2 * cut + 1));
    }
    for (int place = 0; place < part.size(); place++) {
      seen.set(JAVA_BYTE, part.index(place), (byte) 1);
    }
  }

  private static void keep(Batch part, Rows rows, Table table) {
    for (int place = 0; place < part.size(); place++) {
      table.row(part.index(place), rows.row(place));
    }
  }

  @Override
  public List<Tensor> state() {
    var state = new ArrayList<Tensor>();
    state.add(new Tensor("method/seen", Dtype.U8, List.of((long) examples), seen));
    tables.forEach(table -> state.add(table.tensor()));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    state().forEach(tensor -> tensor.data().copyFrom(Saved.of(tensor, saved).data()));
  }
}
