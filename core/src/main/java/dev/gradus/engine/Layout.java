package dev.gradus.engine;

import dev.gradus.equation.Shape;

/**
 * How a pass cuts a tensor into segments, the smallest units of work. A segment lies within one
 * row; where rows don't matter the whole tensor counts as one.
 *
 * @param columns the length of a row
 * @param segmentLength the length of a segment; the last of a row may be shorter
 * @param perRow how many segments a row has
 * @param count how many segments there are
 */
record Layout(long columns, int segmentLength, int perRow, int count) {
  /** The length of a segment whose lanes are folded in single precision. */
  static final int FOLDED = 4096;

  /** The length of a segment without folds: a unit of work. */
  static final int PLAIN = 1 << 16;

  static Layout of(Shape shape, boolean byRow, boolean folds) {
    long rows = byRow ? shape.rows() : 1;
    long columns = shape.size() / rows;
    int length = (int) Math.min(columns, folds ? FOLDED : PLAIN);
    long perRow = (columns + length - 1) / length;
    return new Layout(columns, length, Math.toIntExact(perRow), Math.toIntExact(rows * perRow));
  }

  /** How many units of work there are. */
  int units() {
    return Math.ceilDiv(count, segmentsPerUnit());
  }

  /** How many neighbouring segments make a unit of work. */
  int segmentsPerUnit() {
    return Math.max(1, PLAIN / segmentLength);
  }
}
