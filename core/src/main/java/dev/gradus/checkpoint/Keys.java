package dev.gradus.checkpoint;

/**
 * The keys of a file's metadata that belong to this package, and the version of the layout they
 * describe.
 */
final class Keys {
  static final int FORMAT_VERSION = 1;
  static final String CHECKSUM = Checkpoint.RESERVED_PREFIX + "crc32c";
  static final String FORMAT = Checkpoint.RESERVED_PREFIX + "format";
  static final String STEP = Checkpoint.RESERVED_PREFIX + "step";
  static final String VALIDATION = Checkpoint.RESERVED_PREFIX + "validation";

  private Keys() {}

  static String checksumOf(String tensor) {
    return CHECKSUM + "/" + tensor;
  }
}
