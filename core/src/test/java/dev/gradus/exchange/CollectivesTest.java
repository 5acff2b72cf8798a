package dev.gradus.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CollectivesTest {
  private static final int PIECE = Collectives.PIECE;
  private static final List<Integer> TEAMS = List.of(1, 2, 3, 5, 8);
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  static Stream<Arguments> bytes() {
    var sizes = Stream.of(0, 1, 1000, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5, 12 * PIECE);
    return sizes.flatMap(size -> TEAMS.stream().map(team -> Arguments.of(team, size)));
  }

  static Stream<Arguments> floats() {
    int piece = PIECE / Float.BYTES;
    var counts = Stream.of(0, 1, 7, 8192, 8193, piece - 1, piece, piece + 1, 10 * piece + 3);
    return counts.flatMap(count -> TEAMS.stream().map(team -> Arguments.of(team, count)));
  }

  private static byte[] random(int rank, int size) {
    byte[] bytes = new byte[size];
    new Random(31L * rank + size).nextBytes(bytes);
    return bytes;
  }

  private static MemorySegment memory(byte[] bytes) {
    return Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
  }

  private static float[] randomFloats(int rank, int count) {
    var numbers = new Random(17L * rank + count);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) (numbers.nextGaussian() * Math.exp(4 * numbers.nextGaussian()));
    }
    return floats;
  }

  private static MemorySegment memory(float[] floats) {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, floats);
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void everyWorkerGetsTheBytesOfAllByRank(int workers, int size) {
    var all =
        Teamwork.run(
            LocalTransport.team(workers, Teamwork.LONG),
            transport ->
                new Collectives(transport).allGather(memory(random(transport.rank(), size))));
    for (var gathered : all) {
      for (int rank = 0; rank < workers; rank++) {
        assertThat(gathered.get(rank).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(random(rank, size));
      }
    }
  }

  @Test
  void workersMayHaveDifferentNumbersOfBytes() {
    int[] sizes = {20 * PIECE + 1, 0, 5, 3 * PIECE};
    var all =
        Teamwork.run(
            LocalTransport.team(sizes.length, Teamwork.LONG),
            transport -> {
              var collectives = new Collectives(transport);
              collectives.barrier();
              return collectives.allGather(
                  memory(random(transport.rank(), sizes[transport.rank()])));
            });
    for (var gathered : all) {
      for (int rank = 0; rank < sizes.length; rank++) {
        assertThat(gathered.get(rank).toArray(ValueLayout.JAVA_BYTE))
            .isEqualTo(random(rank, sizes[rank]));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("floats")
  void everyWorkerGetsTheSumsInTheOrderOfRanks(int workers, int count) {
    var sums =
        Teamwork.run(
            LocalTransport.team(workers, Teamwork.LONG),
            transport -> {
              var mine = memory(randomFloats(transport.rank(), count));
              new Collectives(transport).sum(mine);
              return mine.toArray(ValueLayout.JAVA_FLOAT);
            });
    float[] expected = randomFloats(0, count);
    for (int rank = 1; rank < workers; rank++) {
      float[] more = randomFloats(rank, count);
      IntStream.range(0, count).forEach(i -> expected[i] += more[i]);
    }
    assertThat(sums).allSatisfy(sum -> assertThat(sum).isEqualTo(expected));
  }

  @Test
  void aSumCostsEachWorkerTwiceTheBytesOfTheOthersParts() {
    int workers = 5;
    long bytes = 20L * PIECE;
    var sent = new AtomicLongArray(workers);
    var team =
        Teamwork.team(
            workers,
            Teamwork.LONG,
            (rank, wire) ->
                (to, header, payload) -> {
                  sent.addAndGet(rank, payload.byteSize());
                  wire.write(to, header, payload);
                });
    Teamwork.run(
        team,
        transport -> {
          new Collectives(transport).sum(Arena.ofAuto().allocate(bytes));
          return true;
        });
    for (int rank = 0; rank < workers; rank++) {
      assertThat(sent.get(rank)).isEqualTo(2L * (workers - 1) * bytes / workers);
    }
  }

  @ParameterizedTest
  @MethodSource("bytes")
  void everyWorkerGetsTheBytesOfOne(int workers, int size) {
    int from = workers / 2;
    var all =
        Teamwork.run(
            LocalTransport.team(workers, Teamwork.LONG),
            transport -> {
              var bytes = memory(new byte[size]);
              if (transport.rank() == from) {
                bytes.copyFrom(MemorySegment.ofArray(random(from, size)));
              }
              new Collectives(transport).broadcast(from, bytes);
              return bytes.toArray(ValueLayout.JAVA_BYTE);
            });
    assertThat(all).allSatisfy(bytes -> assertThat(bytes).isEqualTo(random(from, size)));
  }

  @Test
  void nobodyPassesABarrierBeforeTheLastHasCome() {
    int workers = 4;
    var come = new AtomicInteger();
    var seen =
        Teamwork.run(
            LocalTransport.team(workers, Teamwork.LONG),
            transport -> {
              come.incrementAndGet();
              new Collectives(transport).barrier();
              return come.get();
            });
    assertThat(seen).containsOnly(workers);
  }

  @Test
  void collectivesFollowOneAnotherInAnyMixture() {
    var sums =
        Teamwork.run(
            LocalTransport.team(3, Teamwork.LONG),
            transport -> {
              var collectives = new Collectives(transport);
              var floats = Arena.ofAuto().allocate(70_000);
              for (int step = 0; step < 20; step++) {
                floats.setAtIndex(FLOAT, 17_000, transport.rank() + step);
                collectives.broadcast(step % 3, floats.asSlice(0, 4000));
                collectives.sum(floats);
                collectives.allGather(floats.asSlice(0, 100));
              }
              return floats.getAtIndex(FLOAT, 17_000);
            });
    assertThat(sums).containsOnly(0f + 1 + 2 + 3 * 19);
  }

  @Test
  void aWorkerWithAnotherNumberOfFloatsIsNamed() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var parts =
        Teamwork.start(
            team,
            transport -> {
              new Collectives(transport).sum(Arena.ofAuto().allocate(4000 + 4 * transport.rank()));
              return true;
            });
    assertThat(Teamwork.failure(parts.getFirst()))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageContaining("4004 bytes");
  }

  @Test
  void partsOfAFloatAreRefused() {
    var collectives = new Collectives(LocalTransport.team(1, Teamwork.LONG).getFirst());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> collectives.sum(MemorySegment.ofArray(new byte[6])))
        .withMessage("6 bytes are no whole number of floats.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> collectives.broadcast(1, MemorySegment.NULL))
        .withMessage("Worker 1 is not in a team of 1.");
  }
}
