package dev.gradus.compress;

/** Bytes that are no pack of the tensor they were taken for: truncated, damaged or forged. */
public final class PackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PackException(String sentence) {
    super(sentence);
  }

  static void requireFinite(float value) {
    if (!Float.isFinite(value)) {
      throw new PackException("A pack has the value " + value + ".");
    }
  }

  static void requireSize(long bytes, long wanted) {
    if (bytes != wanted) {
      throw new PackException("A pack has %d bytes where %d belong.".formatted(bytes, wanted));
    }
  }
}
