package dev.gradus.compress;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.text.Catalogue;
import java.util.List;

/** The schemes that text may name, and which tensors they are for. */
public final class Compressors {
  /** Every scheme of this package. */
  public static final Catalogue<Compressor> CATALOGUE =
      new Catalogue<>(
          "compressor",
          Compressor.class,
          List.of(
              AdaComp.class,
              Dense.class,
              Half.class,
              TopK.class,
              DeepGradientCompression.class,
              Threshold.class,
              OneBit.class,
              PowerSgd.class));

  /** Below this many values a tensor is sent dense: it would save less than a message costs. */
  private static final long FEW = 1024;

  private Compressors() {}

  /**
   * Reads a scheme.
   *
   * @param text such as {@code adacomp(denseBin=1000)}
   * @return the scheme
   * @throws dev.gradus.text.TextException pointing at the character where reading stopped
   */
  public static Compressor parse(String text) {
    return CATALOGUE.single(text);
  }

  /**
   * What packs a parameter: the scheme for large weights, and {@link Dense} for small tensors, for
   * biases and for the parameters of normalisation layers.
   *
   * @param compressor the scheme
   * @param parameter the parameter
   * @return what packs its gradients
   */
  public static Packing packing(Compressor compressor, Parameter parameter) {
    boolean dense =
        parameter.type() != ParameterType.WEIGHT
            || parameter.shape().rank() < 2
            || parameter.shape().size() < FEW;
    return (dense ? new Dense() : compressor).of(parameter.shape());
  }
}
