package dev.gradus.djl.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A fixed number of examples, each an input and a target of fixed shapes.
 *
 * <p>Reading is thread-safe and repeatable: the same index gives the same bits for as long as the
 * examples live. Inputs are ready for a network: normalised where the data set normalises.
 */
public interface Examples {

  /**
   * How many there are.
   *
   * @return 0 or more
   */
  int size();

  /**
   * The shape of one input, without a batch dimension.
   *
   * @return for an image (channels, height, width); for a table row (columns); for text (length)
   */
  List<Long> inputShape();

  /**
   * The shape of one target, without a batch dimension.
   *
   * @return empty for a single number such as a class number; for text (length)
   */
  List<Long> targetShape();

  /**
   * Writes one input, row-major.
   *
   * @param index which example, from 0
   * @param into receives {@link #inputLength()} numbers
   * @param offset where the first of them goes
   * @throws IndexOutOfBoundsException if the index is not below {@link #size()} or the array ends
   *     too early
   */
  void input(int index, float[] into, int offset);

  /**
   * Writes one target. The target of a classification is the class number, from 0; that of a text
   * is the number of the next character at every position.
   *
   * @param index which example, from 0
   * @param into receives {@link #targetLength()} numbers
   * @param offset where the first of them goes
   * @throws IndexOutOfBoundsException if the index is not below {@link #size()} or the array ends
   *     too early
   */
  void target(int index, float[] into, int offset);

  /**
   * A name for one example that stays the same from run to run: the file, the line or the position
   * it came from.
   *
   * @param index which example, from 0
   * @return such as {@code "train/cat/0012.jpg"} or {@code "line 17"}
   */
  String identity(int index);

  /**
   * A hash of one input as it was before the data set normalised it, to know the input again among
   * others: in the next run, when other examples were added or removed, or in another data set of
   * the same kind. The target is not in it.
   *
   * @param index which example, from 0
   * @return by default a hash of the numbers of {@link #input}
   */
  default long contents(int index) {
    var numbers = new float[inputLength()];
    input(index, numbers, 0);
    return StableHash.of(MemorySegment.ofArray(numbers));
  }

  /**
   * How many numbers an input has.
   *
   * @return the product of {@link #inputShape()}
   */
  default int inputLength() {
    return Shapes.length(inputShape());
  }

  /**
   * How many numbers a target has.
   *
   * @return the product of {@link #targetShape()}, 1 when that is empty
   */
  default int targetLength() {
    return Shapes.length(targetShape());
  }

  /**
   * Some of these examples, as a view.
   *
   * @param indices which examples, in the order of the view; repetition is allowed
   * @return a view that copies nothing but the indices
   * @throws IndexOutOfBoundsException if an index is not below {@link #size()}
   */
  default Examples subset(int[] indices) {
    return new Subset(this, indices);
  }

  /**
   * These examples and behind them others, as a view.
   *
   * @param others examples of the same shapes
   * @param word what stands before the names of the others, so that all can be told apart
   * @return a view that copies nothing
   * @throws IllegalArgumentException if the shapes differ
   */
  default Examples followedBy(Examples others, String word) {
    return new Joined(this, others, word);
  }
}
