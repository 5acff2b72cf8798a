package dev.gradus.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class BinCodesTest {
  private static final int ELEMENTS = 1000;
  private static final int BIN = 50;

  /** A code that goes on to another bin names the first element of this one, where 0 may be −0. */
  @Test
  void whatIsNotSentKeepsItsBits() {
    try (var arena = Arena.ofConfined()) {
      var codes = new BinCodes(ELEMENTS, BIN);
      var pack = arena.allocate(codes.largest());
      var writer = codes.writer(pack, 0);
      for (int bin = 0; bin < 7; bin++) {
        writer.endBin();
      }
      writer.send(3, 1, 0);
      var sum = arena.allocate(ValueLayout.JAVA_FLOAT, ELEMENTS);
      for (int element = 0; element < ELEMENTS; element++) {
        sum.setAtIndex(ValueLayout.JAVA_FLOAT, element, -0f);
      }
      codes.add(pack.asSlice(0, writer.end()), 0, 2, sum);
      for (int element = 0; element < ELEMENTS; element++) {
        float expected = element == 7 * BIN + 3 ? 2 : -0f;
        assertThat(sum.getAtIndex(ValueLayout.JAVA_INT, element))
            .as("bits of element %d", element)
            .isEqualTo(Float.floatToRawIntBits(expected));
      }
    }
  }
}
