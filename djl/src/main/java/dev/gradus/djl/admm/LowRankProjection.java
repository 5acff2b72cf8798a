package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.Random;

/**
 * The nearest matrix of low rank, by subspace iteration: rows are projected onto the span of the
 * right singular vectors of the largest singular values.
 */
record LowRankProjection(int rank) {
  private static final int ITERATIONS = 20;
  private static final double TINY = 1e-12;
  private static final long SEED = 0;

  NDArray of(NDArray values) {
    var shape = values.getShape();
    var matrix = values.reshape(new Shape(shape.get(0), -1));
    if (rank >= Math.min(matrix.size(0), matrix.size(1))) {
      return values;
    }
    var basis = orthonormal(mixed(matrix));
    for (int i = 0; i < ITERATIONS; i++) {
      basis = orthonormal(basis.matMul(matrix.transpose()).matMul(matrix));
    }
    return matrix.matMul(basis.transpose()).matMul(basis).reshape(shape);
  }

  /** As many sums over all rows, weighed by chance, so that they miss no direction of any row. */
  private NDArray mixed(NDArray matrix) {
    var random = new Random(SEED);
    var weights = new float[Math.toIntExact(rank * matrix.size(0))];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    return matrix.getManager().create(weights, new Shape(rank, matrix.size(0))).matMul(matrix);
  }

  /** Rows of length 1, each perpendicular to those before; what depends on them becomes 0. */
  private static NDArray orthonormal(NDArray rows) {
    var done = new NDList();
    for (long number = 0; number < rows.size(0); number++) {
      var row = rows.get(number);
      double length = length(row);
      for (int twice = 0; twice < 2; twice++) {
        for (NDArray before : done) {
          row = row.sub(before.mul(before.mul(row).sum()));
        }
      }
      double left = length(row);
      done.add(left > 1e-6 * length + TINY ? row.div(left) : row.zerosLike());
    }
    return NDArrays.stack(done);
  }

  private static double length(NDArray row) {
    return Math.sqrt(row.square().sum().getFloat());
  }
}
