package dev.gradus.compress;

import dev.gradus.equation.Shape;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Adaptive residual gradient compression: in every bin of a few dozen or hundred neighbours those
 * are sent that come close to the bin's largest, as no more than a sign.
 *
 * <p>Why: how many values are sent follows the activity of each part of each layer by itself; no
 * sorting and no threshold to tune.
 *
 * <pre>
 * G = residue + gradient                   H = G + (scaleFactor − 1) × gradient
 * element j of bin b is sent if |Hⱼ| ≥ maxᵢ|Gᵢ| over the bin, this is above 0, and Gⱼ ≠ 0
 * scale = mean over all bins of max|G|
 * sent: sign(Gⱼ) × scale                   residue = G − what is sent
 * </pre>
 *
 * <p>Cost: one pass over gradient and residue; 4 bytes remembered per weight and worker. A pack has
 * 4 bytes and what tells places and signs. Bins of up to 64 have codes of 8 bits, one for each
 * value sent and about one for each bin. Of longer bins the gaps between values are told, in some 9
 * bits where one of a hundred is sent; {@code gaps=false} gives them codes of 16 bits instead, as
 * the paper counts, and the same values in about twice as many bytes.
 *
 * <p>Use it for weights of convolutions and dense and recurrent layers, as {@link Compressors}
 * does: biases and the parameters of normalisation layers are few.
 *
 * <p>Disagreements: no code of the authors exists. The paper's rates count the bits of the values
 * sent alone; here everything that is sent counts, also what tells places. A bin of zeros sends
 * nothing, though |H| ≥ 0.
 *
 * <p>Example: {@code adacomp(denseBin=1000)}.
 *
 * <p>Reference: Chen et al., AdaComp: Adaptive Residual Gradient Compression for Data-Parallel
 * Distributed Training, AAAI 2018, arXiv 1712.02679.
 *
 * @param convolutionBin the length of a bin of a tensor of three or more dimensions, 1 to 16384
 * @param denseBin the length of a bin of any other tensor, 1 to 16384
 * @param scaleFactor how much the newest gradient counts in the choice, in [1, ∞); at 1 it is one
 *     value per bin, which learns badly
 * @param gaps whether bins of more than 64 tell gaps
 */
@Name("adacomp")
public record AdaComp(
    @Range("[1, 16384]") int convolutionBin,
    @Range("[1, 16384]") int denseBin,
    @Range("[1, ∞)") double scaleFactor,
    boolean gaps)
    implements Compressor {

  /** Checks the ranges. */
  public AdaComp {
    RecordType.check(AdaComp.class, convolutionBin, denseBin, scaleFactor, gaps);
  }

  /** The paper's bins of 50 and 500 and its factor of 2, and gaps. */
  public AdaComp() {
    this(50, 500, 2, true);
  }

  @Override
  public Packing of(Shape shape) {
    int bin = shape.rank() > 2 ? convolutionBin : denseBin;
    long size = shape.size();
    return new AdaCompPacking(size, bin, (float) scaleFactor, codes(size, bin));
  }

  private Codes codes(long elements, int bin) {
    boolean isLong = CodeWidth.of(bin) == CodeWidth.SHORT;
    return gaps && isLong ? new GapCodes(elements, bin) : new BinCodes(elements, bin);
  }

  @Override
  public String toString() {
    return RecordType.of(AdaComp.class).print(this);
  }
}
