package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.Sampler;
import ai.djl.translate.TranslateException;
import dev.gradus.UserException;
import dev.gradus.djl.data.Examples;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The records of a data set of DJL, each by its index, with one input and one label.
 *
 * <p>DJL's sampler is not asked: {@link Training} decides the order, so that a run can be resumed.
 * The data set's transforms are carried out; they must not be random, or two runs differ. What is
 * random belongs to {@link Training#augmentation}.
 */
public final class DjlExamples implements Examples {
  private final RandomAccessDataset records;
  private final int size;
  private final Item first;
  private volatile Item latest;

  /** A record that was read. */
  private static final class Item {
    private final int index;
    private final List<Long> inputShape;
    private final List<Long> targetShape;
    private final float[] input;
    private final float[] target;

    Item(int index, NDArray input, NDArray target) {
      this.index = index;
      inputShape = shape(input);
      targetShape = target.size() == 1 ? List.of() : shape(target);
      this.input = numbers(input);
      this.target = numbers(target);
    }

    /** Without the dimension that counts records. */
    private static List<Long> shape(NDArray batchOfOne) {
      return LongStream.of(batchOfOne.getShape().getShape()).skip(1).boxed().toList();
    }

    private static float[] numbers(NDArray array) {
      return array.toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  /** Asks for one record. */
  private record Only(long index) implements Sampler {
    @Override
    public Iterator<List<Long>> sample(RandomAccessDataset records) {
      return List.of(List.of(index)).iterator();
    }

    @Override
    public int getBatchSize() {
      return 1;
    }
  }

  private DjlExamples(RandomAccessDataset records) {
    this.records = records;
    size = (int) Math.min(Integer.MAX_VALUE, records.size());
    first = read(0);
    latest = first;
  }

  /**
   * The records of a data set, in the order of their indices.
   *
   * @param records a data set such as {@code ArrayDataset}; it is prepared if it was not
   * @return a view that reads a record when it is asked for
   * @throws UserException if it is empty or its first record cannot be read, or has several inputs
   *     or labels
   */
  public static DjlExamples of(RandomAccessDataset records) {
    try {
      records.prepare();
    } catch (IOException | TranslateException failure) {
      throw unreadable("the data set", failure);
    }
    if (records.size() == 0) {
      throw new UserException("The data set has no records; leave this part out.");
    }
    return new DjlExamples(records);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Long> inputShape() {
    return first.inputShape;
  }

  /** A label of one number has no dimension here, whatever it has in the data set. */
  @Override
  public List<Long> targetShape() {
    return first.targetShape;
  }

  @Override
  public void input(int index, float[] into, int offset) {
    var input = item(index).input;
    System.arraycopy(input, 0, into, offset, input.length);
  }

  @Override
  public void target(int index, float[] into, int offset) {
    var target = item(index).target;
    System.arraycopy(target, 0, into, offset, target.length);
  }

  @Override
  public String identity(int index) {
    return "record " + Objects.checkIndex(index, size);
  }

  private Item item(int index) {
    var known = latest;
    if (known.index == index) {
      return known;
    }
    var item = read(Objects.checkIndex(index, size));
    if (!item.inputShape.equals(first.inputShape) || !item.targetShape.equals(first.targetShape)) {
      throw new UserException(
          "Record %d has the shapes %s and %s, but the first has %s and %s; bring all to one shape."
              .formatted(
                  index, item.inputShape, item.targetShape, first.inputShape, first.targetShape));
    }
    latest = item;
    return item;
  }

  private Item read(int index) {
    try (var manager = NDManager.newBaseManager(Device.cpu())) {
      var batch = records.getData(manager, new Only(index)).iterator().next();
      return new Item(
          index, single("inputs", batch.getData()), single("labels", batch.getLabels()));
    } catch (IOException | TranslateException failure) {
      throw unreadable("record " + index, failure);
    }
  }

  private static NDArray single(String what, NDList arrays) {
    if (arrays.size() != 1) {
      throw new UserException(
          "A record has %d %s; give it exactly one.".formatted(arrays.size(), what));
    }
    return arrays.head();
  }

  private static UserException unreadable(String what, Exception failure) {
    return new UserException("Cannot read %s: %s.".formatted(what, failure.getMessage()), failure);
  }
}
