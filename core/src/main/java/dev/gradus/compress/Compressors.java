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

  /** Below this many values a scheme would save less than a message costs. */
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
   * What packs a parameter: the scheme for large weights. Small tensors, biases and the parameters
   * of normalisation layers are few, but would be most of what is sent if they were sent as they
   * are, so beside a scheme that leaves values out they are sent by {@link Half}; beside {@link
   * Dense} by this.
   *
   * @param compressor the scheme
   * @param parameter the parameter
   * @return what packs its gradients
   */
  public static Packing packing(Compressor compressor, Parameter parameter) {
    boolean few =
        parameter.type() != ParameterType.WEIGHT
            || parameter.shape().rank() < 2
            || parameter.shape().size() < FEW;
    boolean rounded = few && !(compressor instanceof Dense);
    return (rounded ? new Half() : compressor).of(parameter.shape());
  }
}
