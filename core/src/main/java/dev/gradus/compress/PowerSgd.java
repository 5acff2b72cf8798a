package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * A matrix of low rank beside which little of the gradient is left.
 *
 * <pre>
 * M = residue + gradient, one row for each output unit
 * P = M Q, its columns made orthonormal;  Q ← Mᵀ P
 * sent: P and Q, standing for P Qᵀ         residue = M − P Qᵀ
 * </pre>
 *
 * <p>Q is remembered: a step of the power iteration in every step of training.
 *
 * <p>Cost: 3 × rank multiplications per weight; 4 × rank × (rows + columns) bytes; 4 bytes
 * remembered per weight and worker, and Q.
 *
 * <p>Disagreements: the authors sum P over all workers before Q is made, in two exchanges; here
 * each worker sends its own P and Q in one, so the sum has a rank up to workers × rank.
 *
 * <p>Reference: Vogels, Karimireddy and Jaggi, PowerSGD, NeurIPS 2019, arXiv 1905.13727.
 *
 * @param rank how many columns P and Q have, 1 or more
 */
@Name("power-sgd")
public record PowerSgd(@Range("[1, ∞)") int rank) implements Compressor {

  /** Checks the range. */
  public PowerSgd {
    RecordType.check(PowerSgd.class, rank);
  }

  /** Rank 2. */
  public PowerSgd() {
    this(2);
  }

  @Override
  public Packing of(Shape shape) {
    long columns = shape.size() / shape.rows();
    int most = (int) Math.min(rank, Math.min(shape.rows(), columns));
    return new LowRank(shape.rows(), columns, most);
  }

  @Override
  public String toString() {
    return RecordType.of(PowerSgd.class).print(this);
  }
}
