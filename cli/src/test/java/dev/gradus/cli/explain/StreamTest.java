package dev.gradus.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop moves the bytes of a step: gradients are read, everything else is read and written. */
class StreamTest {

  @ParameterizedTest
  @CsvSource({"2, 12000", "3, 20000", "4, 28000", "5, 36000"})
  void movesTheBytesOfAStep(int kept, double bytes) {
    assertThat(Stream.of(1000, kept).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"6", "9"})
  void goesThroughAsMuchMemory(int kept) {
    var stream = Stream.of(1000, kept);

    stream.run();

    assertThat(stream.bytes()).isEqualTo(9.0 * 4 * 1000 * kept / 5);
  }
}
