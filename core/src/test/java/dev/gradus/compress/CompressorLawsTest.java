package dev.gradus.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.equation.Shape;
import dev.gradus.text.RecordType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every scheme keeps to, whatever it does. */
class CompressorLawsTest {
  private static final List<Shape> SHAPES =
      List.of(Shape.of(40, 25), Shape.of(7, 3, 5, 5), Shape.of(1, 1009), Shape.of(1), Shape.of(64));
  private static final int STEPS = 12;

  private final Arena arena = Arena.ofAuto();

  static Stream<Arguments> all() {
    return Stream.concat(
            Compressors.CATALOGUE.types().stream().map(RecordType::name),
            Stream.of(
                "adacomp(1, denseBin=1)",
                "adacomp(3, denseBin=7)",
                "adacomp(17, denseBin=130)",
                "adacomp(64, denseBin=64, scaleFactor=1.5)",
                "adacomp(65, denseBin=16384, scaleFactor=3)",
                "adacomp(65, denseBin=130, gaps=false)",
                "top-k(1)",
                "dgc(0.05, momentum=0, warmup=8)",
                "threshold(0.5)",
                "threshold(5)",
                "power-sgd(1)"))
        .flatMap(text -> SHAPES.stream().map(shape -> Arguments.of(text, shape)));
  }

  private MemorySegment floats(long count) {
    return arena.allocate(Math.max(1, count) * Float.BYTES, 64);
  }

  private MemorySegment random(long count, Random numbers) {
    var memory = floats(count);
    for (long i = 0; i < count; i++) {
      Floats.set(memory, i, (float) (numbers.nextGaussian() * Math.exp(numbers.nextGaussian())));
    }
    return memory;
  }

  private MemorySegment packed(
      Packing packing, long step, MemorySegment gradient, MemorySegment residue) {
    var pack = arena.allocate(packing.largestPack());
    long bytes = packing.pack(step, gradient, residue, pack);
    assertThat(bytes).isBetween(0L, packing.largestPack());
    return pack.asSlice(0, bytes);
  }

  /** What was sent and what is left are together what came in; but for rounding to 16 bits. */
  @ParameterizedTest
  @MethodSource("all")
  void nothingIsLostOrMade(String text, Shape shape) {
    if (text.startsWith("fp16") || text.startsWith("dgc")) {
      return;
    }
    var packing = Compressors.parse(text).of(shape);
    var numbers = new Random(1);
    var residue = floats(packing.residueFloats());
    for (int step = 0; step < STEPS; step++) {
      var gradient = random(shape.size(), numbers);
      var before = copy(residue);
      var sent = floats(shape.size());
      packing.unpackAdd(packed(packing, step, gradient, residue), sent);
      for (long i = 0; i < shape.size(); i++) {
        boolean remembers = packing.residueFloats() > 0;
        double in = Floats.get(gradient, i) + (remembers ? Floats.get(before, i) : 0);
        double left = remembers ? Floats.get(residue, i) : 0;
        double out = Floats.get(sent, i);
        double largest = Math.max(Math.abs(in), Math.max(Math.abs(left), Math.abs(out)));
        assertThat(out + left).isCloseTo(in, within((double) Math.ulp((float) largest)));
      }
    }
  }

  /** Momenta are sent once, and together they are those of all gradients. */
  @Test
  void deepGradientCompressionSendsEveryMomentumOfDenseSteps() {
    var packing = new DeepGradientCompression(1, 0.9, 0).of(Shape.of(100));
    var residue = floats(packing.residueFloats());
    var numbers = new Random(1);
    var gradient = random(100, numbers);
    var sent = floats(100);
    packing.unpackAdd(packed(packing, 0, gradient, residue), sent);
    assertThat(sent.mismatch(gradient)).isEqualTo(-1);
    for (long i = 0; i < packing.residueFloats(); i++) {
      assertThat(Floats.get(residue, i)).isZero();
    }
  }

  @Test
  void deepGradientCompressionWarmsUp() {
    var scheme = new DeepGradientCompression(0.001, 0.9, 40);
    assertThat(Stream.of(0L, 9L, 10L, 20L, 30L, 40L).map(scheme::share))
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
        .containsExactly(0.256, 0.256, 0.064, 0.016, 0.004, 0.001);
  }

  @Test
  void halvesAreThoseOfTheStandard() {
    var packing = new Half().of(Shape.of(5));
    var gradient = floats(5);
    float[] values = {1.0009766f, 1e6f, -1e6f, 1e-9f, 0.1f};
    MemorySegment.copy(values, 0, gradient, Floats.FLOAT, 0, 5);
    var sent = floats(5);
    packing.unpackAdd(packed(packing, 0, gradient, floats(0)), sent);
    assertThat(sent.toArray(Floats.FLOAT))
        .containsExactly(1.0009766f, 65504, -65504, 0, 0.099975586f);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aGradientIsNotChangedAndItsPackIsAlwaysTheSame(String text, Shape shape) {
    var packing = Compressors.parse(text).of(shape);
    var gradient = random(shape.size(), new Random(2));
    var copy = copy(gradient);
    var one = packed(packing, 3, gradient, floats(packing.residueFloats()));
    var other = packed(packing, 3, gradient, floats(packing.residueFloats()));
    assertThat(one.mismatch(other)).isEqualTo(-1);
    assertThat(gradient.mismatch(copy)).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("all")
  void aGradientOfZerosSendsZeros(String text, Shape shape) {
    var packing = Compressors.parse(text).of(shape);
    var sum = random(shape.size(), new Random(3));
    var before = copy(sum);
    var residue = floats(packing.residueFloats());
    packing.unpackAdd(packed(packing, 0, floats(shape.size()), residue), sum);
    assertThat(sum.mismatch(before)).isEqualTo(-1);
  }

  /** Bytes that are no pack are refused or add something, but never touch other memory. */
  @ParameterizedTest
  @MethodSource("all")
  void forgedPacksDoNoHarm(String text, Shape shape) {
    var packing = Compressors.parse(text).of(shape);
    var numbers = new Random(4);
    var gradient = random(shape.size(), numbers);
    var pack = packed(packing, 0, gradient, floats(packing.residueFloats()));
    for (int attempt = 0; attempt < 300; attempt++) {
      var forged = copy(pack);
      for (int change = 0; change <= attempt % 3 && forged.byteSize() > 0; change++) {
        long place = numbers.nextLong(forged.byteSize());
        forged.set(Floats.BYTE, place, (byte) numbers.nextInt());
      }
      requireHarmless(packing, shape, forged);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void truncatedPacksDoNoHarm(String text, Shape shape) {
    var packing = Compressors.parse(text).of(shape);
    var gradient = random(shape.size(), new Random(5));
    var pack = packed(packing, 0, gradient, floats(packing.residueFloats()));
    for (long bytes = 0; bytes < pack.byteSize(); bytes += 1 + bytes / 7) {
      requireHarmless(packing, shape, pack.asSlice(0, bytes));
    }
  }

  private void requireHarmless(Packing packing, Shape shape, MemorySegment pack) {
    var sum = random(shape.size(), new Random(6));
    var before = copy(sum);
    try {
      packing.unpackAdd(pack, sum);
    } catch (PackException refused) {
      assertThat(refused).hasMessageStartingWith("A pack ");
      assertThat(sum.mismatch(before)).isEqualTo(-1);
    }
  }

  @Test
  void codesRefuseWhatTheyCannotMean() {
    var codes = new BinCodes(120, 50);
    for (int[] wrong : new int[][] {{3}, {50 << 2 | 1}, {8, 20 << 2 | 1}, {5, 5}, {9, 5}, {5, 0}}) {
      var memory = arena.allocate(wrong.length);
      for (int i = 0; i < wrong.length; i++) {
        memory.set(Floats.BYTE, i, (byte) wrong[i]);
      }
      assertThatThrownBy(() -> codes.require(memory, 0)).isInstanceOf(PackException.class);
    }
  }

  @Test
  void smallTensorsAndBiasesAreRoundedUnlessAllAreDense() {
    var scheme = new AdaComp();
    assertThat(packing(scheme, ParameterType.WEIGHT, Shape.of(64, 64)).residueFloats())
        .isEqualTo(4096);
    for (var packing :
        List.of(
            packing(scheme, ParameterType.WEIGHT, Shape.of(16, 16)),
            packing(scheme, ParameterType.BIAS, Shape.of(256)),
            packing(scheme, ParameterType.NORM, Shape.of(256)))) {
      assertThat(packing.residueFloats()).isZero();
      assertThat(packing.largestPack()).isEqualTo(256 * Short.BYTES);
    }
    assertThat(packing(new Dense(), ParameterType.BIAS, Shape.of(256)).largestPack())
        .isEqualTo(256 * Float.BYTES);
  }

  private static Packing packing(Compressor scheme, ParameterType type, Shape shape) {
    return Compressors.packing(scheme, new Parameter("p", shape, type));
  }

  /** The rate that the paper counts, and the one with everything that is sent. */
  @Test
  void adaCompSendsAsManyBytesAsItSays() {
    var codes = new BinCodes(10_000, 50);
    var memory = arena.allocate(codes.largest());
    var writer = codes.writer(memory, 0);
    for (long bin = 0; bin < 200; bin++) {
      for (int place = 0; place < 5; place++) {
        writer.send(place * 7, 1, place % 2);
      }
      writer.endBin();
    }
    assertThat(writer.end()).isEqualTo(200 * 5 + 199);
    var far = codes.writer(memory, 0);
    for (long bin = 0; bin < 199; bin++) {
      far.endBin();
    }
    far.send(49, 1, 0);
    assertThat(far.end()).isEqualTo(4 + 1);
  }

  private MemorySegment copy(MemorySegment memory) {
    var copy = arena.allocate(Math.max(1, memory.byteSize()), 64).asSlice(0, memory.byteSize());
    return copy.copyFrom(memory);
  }
}
