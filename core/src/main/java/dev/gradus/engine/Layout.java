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
 * @param segmentsPerUnit how many neighbouring segments make a unit of work
 */
record Layout(long columns, int segmentLength, int perRow, int count, int segmentsPerUnit) {
  /** The length of a segment whose lanes are folded in single precision. */
  static final int FOLDED = 4096;

  /** The length of a unit of work, and of a segment without folds. */
  static final int UNIT = 1 << 16;

  static Layout of(Shape shape, boolean byRow, boolean folds, int unit) {
    long rows = byRow ? shape.rows() : 1;
    long columns = shape.size() / rows;
    int length = (int) Math.min(columns, folds ? FOLDED : unit);
    long perRow = (columns + length - 1) / length;
    int count = Math.toIntExact(rows * perRow);
    return new Layout(columns, length, Math.toIntExact(perRow), count, Math.max(1, unit / length));
  }

  /** How many units of work there are. */
  int units() {
    return Math.ceilDiv(count, segmentsPerUnit);
  }
}
