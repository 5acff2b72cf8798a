package dev.gradus.djl.admm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

  /** As many floats for each example as its shape has. */
  private record Table(Tensor tensor, Shape shape) {
    int width() {
      return (int) shape.size();
    }

    NDArray rows(Batch part, NDManager manager) {
      var values = new float[part.size() * width()];
      for (int place = 0; place < part.size(); place++) {
        System.arraycopy(row(part.index(place)), 0, values, place * width(), width());
      }
      return manager.create(values, new Shape(part.size()).addAll(shape));
    }

    float[] row(int example) {
      var row = new float[width()];
      MemorySegment.copy(tensor.data(), JAVA_FLOAT, offset(example), row, 0, width());
      return row;
    }

    void row(int example, float[] values) {
      MemorySegment.copy(values, 0, tensor.data(), JAVA_FLOAT, offset(example), width());
    }

    private long offset(int example) {
      return (long) example * width() * Float.BYTES;
    }
  }

  /**
   * Takes the memory.
   *
   * @param shapes those of an example's variables and of its duals behind each cut, in turns
   * @throws UserException if the machine does not have it
   */
  MemoryOfAll(int examples, List<Shape> shapes) {
    this.examples = examples;
    require(needed(examples, shapes));
    seen = Arena.ofAuto().allocate(examples, ALIGNMENT);
    for (int i = 0; i < shapes.size(); i++) {
      tables.add(table((i % 2 == 0 ? "z" : "u") + (i / 2 + 1), shapes.get(i)));
    }
  }

  /** How many bytes that takes. */
  static long needed(long examples, List<Shape> shapes) {
    return examples * (1 + Float.BYTES * shapes.stream().mapToLong(Shape::size).sum());
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

  private Table table(String name, Shape shape) {
    long bytes = examples * shape.size() * Float.BYTES;
    var data = Arena.ofAuto().allocate(bytes, ALIGNMENT);
    return new Table(
        new Tensor("method/" + name, Dtype.F32, List.of((long) examples, shape.size()), data),
        shape);
  }

  @Override
  public boolean recall(Batch part, int first, Point point) {
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.variables(cut, recalled(part, point.variables(cut), tables.get(2 * cut)));
      point.duals(cut, recalled(part, point.duals(cut), tables.get(2 * cut + 1)));
    }
    return true;
  }

  @Override
  public Point kept(Batch part, int first, NDArray inputs) {
    var point = Point.of(inputs, tables.size() / 2);
    for (int cut = 0; cut < point.cuts(); cut++) {
      point.variables(cut, tables.get(2 * cut).rows(part, inputs.getManager()));
      point.duals(cut, tables.get(2 * cut + 1).rows(part, inputs.getManager()));
    }
    return point;
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
