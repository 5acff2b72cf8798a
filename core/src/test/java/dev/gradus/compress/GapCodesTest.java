package dev.gradus.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GapCodesTest {
  private static final int BIN = 500;

  private final Arena arena = Arena.ofAuto();

  /** Writes elements, the odd ones as −. */
  private MemorySegment written(GapCodes codes, List<Long> elements) {
    long atMost = 2L * elements.size() * Long.BYTES + BitWriter.ROOM;
    var pack = arena.allocate(Math.min(codes.largest(), atMost));
    var writer = codes.writer(pack, 0);
    long bin = 0;
    for (long element : elements) {
      for (; bin < element / codes.bin(); bin++) {
        writer.endBin();
      }
      writer.send((int) (element % codes.bin()), 1, element % 2);
    }
    return pack.asSlice(0, writer.end());
  }

  private static List<Long> random(long elements, double share) {
    var numbers = new Random(7);
    return LongStream.range(0, elements).filter(_ -> numbers.nextDouble() < share).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.00001, 0.001, 0.1, 0.9, 1})
  void whatIsWrittenIsReadAndNoMore(double share) {
    var codes = new GapCodes(100_000, BIN);
    var elements = random(codes.elements(), share);
    var pack = written(codes, elements);
    assertThat(pack.byteSize()).isLessThanOrEqualTo(codes.largest() - BitWriter.ROOM);
    var sum = arena.allocate(codes.elements() * Float.BYTES);
    codes.require(pack, 0);
    codes.add(pack, 0, 2, sum);
    var expected = arena.allocate(sum.byteSize());
    elements.forEach(element -> Floats.set(expected, element, element % 2 == 0 ? 2 : -2));
    assertThat(sum.mismatch(expected)).isEqualTo(-1);
  }

  /**
   * The first order is 6: a gap of 0 is 1, six zeros and a sign. The mean is then 60, so the order
   * is 5, and a gap of 40 has with 32 the seven bits of 72: a zero, 1, the six bits of 8, a sign.
   */
  @ParameterizedTest
  @CsvSource({"0, 01", "1, 83", "'0, 42', 012600", "'0, 41', 012201", "63, ff"})
  void bitsAreThoseOfTheirDefinition(String elements, String bytes) {
    var pack = written(new GapCodes(BIN, BIN), numbers(elements));
    assertThat(HexFormat.of().formatHex(pack.toArray(Floats.BYTE))).isEqualTo(bytes);
  }

  /** Behind so long a gap the order is 14 for long, and a gap of 0 has 1, 14 zeros and a sign. */
  @ParameterizedTest
  @ValueSource(longs = {1 << 30, 1L << 40})
  void noOrderIsLargerThanTheLargest(long far) {
    var codes = new GapCodes(1L << 42, 1 << 30);
    long alone = written(codes, List.of(far)).byteSize();
    var more = LongStream.rangeClosed(far, far + 64).boxed().toList();
    assertThat(written(codes, more).byteSize()).isEqualTo(alone + 64 * Short.BYTES);
  }

  /** One element, and a long gap with all elements behind it. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "300, 150", "40000, 30000"})
  void noPackIsLargerThanWhatIsSetAsideForIt(long elements, long first) {
    var codes = new GapCodes(elements, BIN);
    var pack = written(codes, LongStream.range(first, elements).boxed().toList());
    assertThat(pack.byteSize()).isBetween(1L, codes.largest() - BitWriter.ROOM);
    codes.require(pack, 0);
  }

  private static List<Long> numbers(String text) {
    return List.of(text.split(", ")).stream().map(Long::valueOf).toList();
  }

  /** What chance leaves to be told, by Shannon, is −log₂ p for each that is sent and its rest. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1})
  void hardlyMoreBitsAreSentThanChanceNeeds(double share) {
    var elements = random(1_000_000, share);
    double bits = (double) written(new GapCodes(1_000_000, BIN), elements).byteSize() * Byte.SIZE;
    double rest = (share - 1) * log2(1 - share) / share;
    double needed = 1 - log2(share) + rest;
    assertThat(bits / elements.size()).isBetween(needed * 0.97, needed + 0.5);
  }

  private static double log2(double number) {
    return Math.log(number) / Math.log(2);
  }

  @Test
  void gapsMayBeLongerThanAnyBin() {
    int bin = 1 << 30;
    var codes = new GapCodes(1L << 42, bin);
    var pack = written(codes, List.of(5L, 1L << 41));
    codes.require(pack, 0);
    var few = new GapCodes(1L << 41, bin);
    assertThatThrownBy(() -> few.require(pack, 0))
        .hasMessage("A pack names element %d, of %d.", 1L << 41, 1L << 41);
  }

  @ParameterizedTest
  @CsvSource({
    "00, A pack ends with 8 bits that name nothing.",
    "0100, A pack ends with 8 bits that name nothing.",
    "80, A pack ends in the middle of a code.",
    "40, A pack ends in the middle of a code.",
    "000000000000000080, A pack ends in the middle of a code.",
    "0000000000000002000000000000000000, 'A pack names element 72057594037927872, of 500.'",
    "0020000000, 'A pack names element 524224, of 500.'",
  })
  void refusesWhatItCannotMean(String bytes, String sentence) {
    var pack = MemorySegment.ofArray(HexFormat.of().parseHex(bytes));
    assertThatThrownBy(() -> new GapCodes(BIN, BIN).require(pack, 0))
        .isInstanceOf(PackException.class)
        .hasMessage(sentence);
  }
}
