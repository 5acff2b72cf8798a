package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * What stands before the bytes of a message, little-endian: magic, version, kind, the job's token,
 * tag, length of the payload, sender, and the CRC32C of all of it and of the payload.
 */
record Frame(Kind kind, UUID token, int from, long tag, long length) {
  /** What a frame is for. */
  enum Kind {
    /** A message. */
    MESSAGE(1),
    /** The receiver has taken messages of as many bytes as the tag says. */
    TAKEN(2),
    /** The sender lives. */
    ALIVE(3),
    /** The sender leaves; the tag is the rank of a worker that it has lost, the payload why. */
    LEFT(4);

    private final short code;

    Kind(int code) {
      this.code = (short) code;
    }

    static Kind of(int code) {
      return Arrays.stream(values())
          .filter(kind -> kind.code == code)
          .findAny()
          .orElseThrow(() -> new DamageException("is of the unknown kind " + code));
    }
  }

  static final int BYTES = 48;

  private static final int MAGIC = 0x58445247;
  private static final short VERSION = 1;
  private static final int CHECKED = 44;

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ORDER);

  MemorySegment header(MemorySegment payload) {
    var header = MemorySegment.ofArray(new byte[BYTES]);
    header.set(INT, 0, MAGIC);
    header.set(SHORT, 4, VERSION);
    header.set(SHORT, 6, kind.code);
    header.set(LONG, 8, token.getMostSignificantBits());
    header.set(LONG, 16, token.getLeastSignificantBits());
    header.set(LONG, 24, tag);
    header.set(LONG, 32, length);
    header.set(INT, 40, from);
    header.set(INT, CHECKED, checksum(header, payload));
    return header;
  }

  private static int checksum(MemorySegment header, MemorySegment payload) {
    var sum = checksum(header);
    sum.update(payload.asByteBuffer());
    return (int) sum.getValue();
  }

  /** The checksum of a frame up to its payload. */
  static CRC32C checksum(MemorySegment header) {
    var sum = new CRC32C();
    sum.update(header.asSlice(0, CHECKED).asByteBuffer());
    return sum;
  }

  /** Reads a header that another worker sent; its checksum is checked when the payload is here. */
  static Frame read(MemorySegment header, UUID token, int from, long largest) {
    require(header.byteSize() == BYTES, () -> "ends early");
    require(header.get(INT, 0) == MAGIC, () -> "is none of Gradus");
    int version = header.get(SHORT, 4);
    require(version == VERSION, () -> "has version %d, not %d".formatted(version, VERSION));
    var job = new UUID(header.get(LONG, 8), header.get(LONG, 16));
    require(job.equals(token), () -> "belongs to another job");
    int sender = header.get(INT, 40);
    require(sender == from, () -> "claims to be of worker " + sender);
    long length = header.get(LONG, 32);
    require(
        length >= 0 && length <= largest,
        () -> "claims %d bytes, of %d at most".formatted(length, largest));
    return new Frame(Kind.of(header.get(SHORT, 6)), job, sender, header.get(LONG, 24), length);
  }

  /** The checksum that a header claims. */
  static int claimedChecksum(MemorySegment header) {
    return header.get(INT, CHECKED);
  }

  static void require(boolean fine, Supplier<String> fault) {
    if (!fine) {
      throw new DamageException(fault.get());
    }
  }

  /** What is wrong with a frame, as the end of a sentence. */
  static final class DamageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamageException(String fault) {
      super(fault);
    }
  }
}
