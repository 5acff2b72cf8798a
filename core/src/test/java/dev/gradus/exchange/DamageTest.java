package dev.gradus.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of a wire that isn't as it should be. */
class DamageTest {
  /** Changes frames of worker 1. */
  interface Fault {
    void write(Wire wire, int to, MemorySegment header, MemorySegment payload);
  }

  private static MemorySegment copy(MemorySegment bytes) {
    return MemorySegment.ofArray(bytes.toArray(ValueLayout.JAVA_BYTE));
  }

  private static MemorySegment flipped(MemorySegment bytes, long bit) {
    var copy = copy(bytes);
    byte old = copy.get(ValueLayout.JAVA_BYTE, bit / 8);
    copy.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (old ^ (1 << (bit % 8))));
    return copy;
  }

  private static Arguments fault(String name, String sentence, Fault fault) {
    return Arguments.of(name, sentence, fault);
  }

  static Stream<Arguments> faults() {
    var other = UUID.randomUUID();
    return Stream.of(
        fault(
            "cut",
            "has 998 bytes where 1008 belong",
            (wire, to, header, payload) -> wire.write(to, header, payload.asSlice(0, 998))),
        fault(
            "cut in the header",
            "ends early",
            (wire, to, header, _) -> wire.write(to, header.asSlice(0, 20), MemorySegment.NULL)),
        fault(
            "repeated",
            "repeats part 0 of its exchanges",
            (wire, to, header, payload) -> {
              wire.write(to, header, payload);
              wire.write(to, header, payload);
            }),
        fault(
            "of another job",
            "belongs to another job",
            (wire, to, _, payload) ->
                wire.write(
                    to,
                    new Frame(Frame.Kind.MESSAGE, other, 1, 0, payload.byteSize()).header(payload),
                    payload)),
        fault(
            "a bit of the payload",
            "has a wrong checksum",
            (wire, to, header, payload) -> wire.write(to, header, flipped(payload, 4321))),
        fault(
            "magic",
            "is none of Gradus",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 3), payload)),
        fault(
            "version",
            "has version 0, not 1",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 32), payload)),
        fault(
            "kind",
            "is of the unknown kind 9",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 51), payload)),
        fault(
            "tag",
            "has a wrong checksum",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 8 * 24), payload)),
        fault(
            "length",
            "claims 4294968304 bytes, of 1073741824 at most",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 8 * 36), payload)),
        fault(
            "sender",
            "claims to be of worker 0",
            (wire, to, header, payload) -> wire.write(to, flipped(header, 8 * 40), payload)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aDamagedFrameIsRefusedWithASentence(String name, String sentence, Fault fault) {
    var team =
        Teamwork.team(
            3,
            Teamwork.LONG,
            (rank, wire) ->
                rank == 1 ? (to, header, payload) -> fault.write(wire, to, header, payload) : wire);
    var parts =
        Teamwork.start(
            team,
            transport -> {
              var collectives = new Collectives(transport);
              collectives.allGather(MemorySegment.ofArray(new byte[1000]));
              return transport.receive(transport.rank() == 0 ? 1 : 0, 5);
            });
    assertThat(Teamwork.failure(parts.getFirst()))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageStartingWith("A message of worker 1 " + sentence + ".");
  }

  @Test
  void everyFlippedBitIsFound() {
    var token = UUID.randomUUID();
    var payload = MemorySegment.ofArray(new byte[40]);
    var frame = new Frame(Frame.Kind.MESSAGE, token, 1, 3, 40);
    var header = frame.header(payload);
    for (int bit = 0; bit < 8 * (Frame.BYTES + 40); bit++) {
      boolean inHeader = bit < 8 * Frame.BYTES;
      var transport =
          new FramedTransport(new Membership(0, 2, token, Teamwork.LONG), (_, _, _) -> {});
      transport.arrived(
          1,
          inHeader ? flipped(header, bit) : header,
          inHeader ? payload : flipped(payload, bit - 8 * Frame.BYTES));
      assertThat(catchThrowable(() -> transport.receive(1, 3)))
          .as("bit " + bit)
          .isInstanceOf(LostWorkerException.class)
          .hasMessageStartingWith("A message of worker 1 ");
    }
  }

  @Test
  void framesInAnotherOrderDoNoHarm() {
    var held = new ArrayDeque<Runnable>();
    var team =
        Teamwork.team(
            2,
            Teamwork.LONG,
            (_, wire) ->
                (to, header, payload) -> {
                  var later = copy(payload);
                  synchronized (held) {
                    held.push(() -> wire.write(to, header, later));
                  }
                });
    IntStream.range(0, 50)
        .forEach(i -> team.get(0).send(1, i, MemorySegment.ofArray(new byte[] {(byte) i})));
    held.forEach(Runnable::run);
    for (int i = 0; i < 50; i++) {
      assertThat(team.get(1).receive(0, i).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) i);
    }
  }
}
