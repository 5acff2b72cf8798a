package dev.gradus.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes are those that the standards give for 1, −2, the smallest and the largest numbers. */
class SinglePrecisionTest {
  private static float[] floats(Dtype dtype, String bytes) {
    var data = MemorySegment.ofArray(HexFormat.of().parseHex(bytes));
    long count = data.byteSize() * Byte.SIZE / dtype.bits();
    var tensor = new Tensor("t", dtype, List.of(count), data).inSinglePrecision();
    assertThat(tensor.dtype()).isEqualTo(Dtype.F32);
    assertThat(tensor.name()).isEqualTo("t");
    return tensor.floats();
  }

  @Test
  void halvesAreExact() {
    assertThat(floats(Dtype.F16, "003c" + "00c0" + "0100" + "ff7b" + "007c"))
        .containsExactly(1, -2, 0x1p-24f, 65504, Float.POSITIVE_INFINITY);
    assertThat(floats(Dtype.BF16, "803f" + "00c0" + "0080" + "7f7f" + "80ff"))
        .containsExactly(1, -2, -0f, 0x1.fep127f, Float.NEGATIVE_INFINITY);
  }

  @Test
  void doublesAndIntegersAreRounded() {
    assertThat(floats(Dtype.F64, "000000000000f03f" + "9a9999999999b93f")).containsExactly(1, 0.1f);
    assertThat(floats(Dtype.I32, "ffffffff" + "07000000")).containsExactly(-1, 7);
    assertThat(floats(Dtype.I64, "ffffffffffffffff" + "0000000001000000"))
        .containsExactly(-1, 0x1p32f);
  }

  @Test
  void singlePrecisionIsNotCopied() {
    var tensor = Tensor.of("t", List.of(2L), 1f, 2f);
    assertThat(tensor.inSinglePrecision()).isSameAs(tensor);
  }

  @Test
  void otherKindsAreRefused() {
    var flags = new Tensor("t", Dtype.BOOL, List.of(1L), MemorySegment.ofArray(new byte[1]));
    assertThatThrownBy(flags::inSinglePrecision)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("BOOL");
  }
}
