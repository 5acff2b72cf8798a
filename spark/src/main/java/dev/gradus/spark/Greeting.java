package dev.gradus.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.exchange.Membership;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The first message of a connection: who calls, and for which job. */
record Greeting(UUID job, int rank, int workers) {
  private static final int MAGIC = 0x47524144;
  private static final int BYTES = 28;

  static Greeting of(Membership membership) {
    return new Greeting(membership.token(), membership.rank(), membership.workers());
  }

  ByteBuffer bytes() {
    return ByteBuffer.allocate(BYTES)
        .putInt(MAGIC)
        .putLong(job.getMostSignificantBits())
        .putLong(job.getLeastSignificantBits())
        .putInt(rank)
        .putInt(workers)
        .flip();
  }

  /** Reads a greeting; throws an exception with a sentence if the caller isn't one of the team. */
  static Greeting read(ByteBuffer bytes, Membership membership) {
    require(
        bytes.remaining() == BYTES && bytes.getInt() == MAGIC, "the greeting is none of Gradus");
    var greeting =
        new Greeting(new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt(), bytes.getInt());
    require(greeting.job.equals(membership.token()), "it belongs to another job");
    require(greeting.workers == membership.workers(), "its team has another size");
    require(
        greeting.rank > membership.rank() && greeting.rank < membership.workers(),
        "no such worker was expected to call");
    return greeting;
  }

  private static void require(boolean fine, String fault) {
    if (!fine) {
      throw new IllegalArgumentException(fault);
    }
  }

  /** The answer: nothing if the caller is welcome, else why not. */
  static ByteBuffer answer(String refusal) {
    return UTF_8.encode(refusal);
  }

  static String refusal(ByteBuffer answer) {
    return UTF_8.decode(answer).toString();
  }
}
