package dev.gradus.djl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a worker tells the others behind its backward pass, before anything is packed.
 *
 * @param loss its share in the mean loss
 * @param notFinite the index of a parameter whose gradient is not finite, {@link #LOSS}, or {@link
 *     #ALL_FINITE}
 * @param wishes what it would like to be done after the step
 * @param diverged a clause about what has grown without bound; empty if nothing has
 */
record Vote(double loss, int notFinite, Workers.Wishes wishes, String diverged) {
  static final int ALL_FINITE = -1;
  static final int LOSS = -2;
  private static final int BYTES = Double.BYTES + Integer.BYTES + 2;

  ByteBuffer bytes() {
    byte[] clause = diverged.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(BYTES + clause.length)
        .putDouble(loss)
        .putInt(notFinite)
        .put(asByte(wishes.checkpoint()))
        .put(asByte(wishes.stop()))
        .put(clause)
        .flip();
  }

  static Vote of(ByteBuffer bytes) {
    return new Vote(
        bytes.getDouble(),
        bytes.getInt(),
        new Workers.Wishes(bytes.get() != 0, bytes.get() != 0),
        StandardCharsets.UTF_8.decode(bytes).toString());
  }

  static boolean anyStops(List<Vote> votes) {
    return votes.stream().anyMatch(vote -> vote.wishes().stop());
  }

  /** What is not finite at the first worker where anything is not. */
  static Optional<Integer> notFinite(List<Vote> votes) {
    return votes.stream().map(Vote::notFinite).filter(index -> index != ALL_FINITE).findFirst();
  }

  /** What has grown without bound at the first worker where anything has. */
  static Optional<String> diverged(List<Vote> votes) {
    return votes.stream().map(Vote::diverged).filter(clause -> !clause.isEmpty()).findFirst();
  }

  private static byte asByte(boolean value) {
    return (byte) (value ? 1 : 0);
  }
}
