package dev.gradus.engine;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/** {@link Rounding} of vectors, and numbers of 16 bits to and from memory, as byte code. */
final class RoundingCode {
  private static final ClassDesc VECTOR = vector("Vector");
  private static final ClassDesc FLOATS = vector("FloatVector");
  private static final ClassDesc INTS = vector("IntVector");
  private static final ClassDesc SHORTS = vector("ShortVector");
  private static final ClassDesc MASK = vector("VectorMask");
  private static final ClassDesc SPECIES = vector("VectorSpecies");
  private static final ClassDesc OPERATORS = vector("VectorOperators");
  private static final ClassDesc BINARY = OPERATORS.nested("Binary");
  private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
  private static final ClassDesc LANES = ClassDesc.of("dev.gradus.engine.Lanes");
  private static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final ClassDesc ORDER = ByteOrder.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final int strides;
  private final int state;
  private final int mixed;

  RoundingCode(CodeBuilder code) {
    this.code = code;
    strides = code.allocateLocal(TypeKind.REFERENCE);
    state = code.allocateLocal(TypeKind.REFERENCE);
    mixed = code.allocateLocal(TypeKind.REFERENCE);
  }

  private static ClassDesc vector(String name) {
    return ClassDesc.of("jdk.incubator.vector." + name);
  }

  /** Once per method: 0, 1, 2, … strides in the lanes. */
  void begin() {
    code.getstatic(LANES, "INTS", SPECIES);
    code.invokestatic(INTS, "zero", MethodTypeDesc.of(INTS, SPECIES)).iconst_1();
    code.invokevirtual(INTS, "addIndex", MethodTypeDesc.of(INTS, CD_int));
    times(Rounding.STRIDE);
    code.astore(strides);
  }

  /**
   * Goes to a weight before anything is rounded.
   *
   * @param firstWeight a local, the number of the first lane's weight
   * @param key a local, the key in every lane
   */
  void goTo(int firstWeight, int key) {
    code.aload(key).invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    plus(strides);
    code.lload(firstWeight).l2i().loadConstant(Rounding.STRIDE).imul();
    code.invokevirtual(INTS, "add", MethodTypeDesc.of(INTS, CD_int)).astore(state);
  }

  /** Goes on by one vector. */
  void advance() {
    code.aload(state).loadConstant(Rounding.STRIDE * Lanes.SPECIES.length());
    code.invokevirtual(INTS, "add", MethodTypeDesc.of(INTS, CD_int)).astore(state);
  }

  /** Leaves vectors of floats on the stack whose upper halves are the rounded values. */
  void round(int value) {
    draw();
    code.aload(value).invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    plus(mixed);
    code.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    code.loadConstant(Float.NaN);
    code.aload(value).getstatic(OPERATORS, "NE", COMPARISON).aload(value);
    code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, CD_float, MASK));
  }

  private void draw() {
    code.aload(state);
    shift("LSHR", Rounding.FOLDED);
    code.astore(mixed).aload(state).getstatic(OPERATORS, "XOR", ASSOCIATIVE).aload(mixed);
    code.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, VECTOR));
    times(Rounding.FACTOR);
    shift("LSHR", Rounding.DROPPED);
    code.astore(mixed);
  }

  private void plus(int vector) {
    code.aload(vector).invokevirtual(INTS, "add", MethodTypeDesc.of(INTS, VECTOR));
  }

  private void times(int factor) {
    code.loadConstant(factor).invokevirtual(INTS, "mul", MethodTypeDesc.of(INTS, CD_int));
  }

  private void shift(String direction, int bits) {
    code.getstatic(OPERATORS, direction, BINARY).loadConstant(bits);
    code.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, CD_int));
  }

  /** Leaves numbers of 16 bits on the stack as floats. */
  void load(int slot, int offset) {
    code.getstatic(LANES, "SHORTS", SPECIES).aload(slot).lload(offset);
    code.getstatic(LANES, "ORDER", ORDER);
    code.invokestatic(
        SHORTS, "fromMemorySegment", MethodTypeDesc.of(SHORTS, SPECIES, SEGMENT, CD_long, ORDER));
    convert(SHORTS, "S2I", "INTS", INTS);
    shift("LSHL", Rounding.DROPPED);
    code.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
  }

  /** Stores the upper halves of floats. */
  void store(int value, int slot, int offset) {
    code.aload(value).invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    shift("LSHR", Rounding.DROPPED);
    convert(INTS, "I2S", "SHORTS", SHORTS);
    code.aload(slot).lload(offset).getstatic(LANES, "ORDER", ORDER);
    code.invokevirtual(
        SHORTS, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
  }

  private void convert(ClassDesc from, String how, String species, ClassDesc to) {
    code.getstatic(OPERATORS, how, CONVERSION).getstatic(LANES, species, SPECIES).iconst_0();
    code.invokevirtual(
        from, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int));
    code.checkcast(to);
  }
}
