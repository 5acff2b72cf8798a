package dev.gradus.engine;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.gradus.engine.Loop.FoldOutput;
import dev.gradus.engine.Loop.Instruction;
import dev.gradus.equation.Combine;
import dev.gradus.equation.Format;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.IntStream;

/** The vector instructions of a pass as byte code. */
final class VectorCode {
  private static final ClassDesc FLOATS = ClassDesc.of("jdk.incubator.vector.FloatVector");
  private static final ClassDesc VECTOR = ClassDesc.of("jdk.incubator.vector.Vector");
  private static final ClassDesc MASK = ClassDesc.of("jdk.incubator.vector.VectorMask");
  private static final ClassDesc SPECIES = ClassDesc.of("jdk.incubator.vector.VectorSpecies");
  private static final ClassDesc OPERATORS = ClassDesc.of("jdk.incubator.vector.VectorOperators");
  private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
  private static final ClassDesc LANES = ClassDesc.of("dev.gradus.engine.Lanes");
  private static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final ClassDesc ORDER = ByteOrder.class.describeConstable().orElseThrow();

  private static final MethodTypeDesc FIRST =
      MethodTypeDesc.of(CD_void, SEGMENT, CD_long, CD_int, CD_float.arrayType(), CD_int);

  private final CodeBuilder code;

  VectorCode(CodeBuilder code) {
    this.code = code;
  }

  int[] locals(int count) {
    return IntStream.range(0, count).map(i -> local()).toArray();
  }

  private int local() {
    return code.allocateLocal(TypeKind.REFERENCE);
  }

  /** The float on the stack in every lane. */
  void broadcast(int to) {
    int value = code.allocateLocal(TypeKind.FLOAT);
    code.fstore(value);
    species().fload(value);
    code.invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float)).astore(to);
  }

  void start(Combine combine, int to) {
    code.loadConstant((float) combine.start());
    broadcast(to);
  }

  int maskOfFirst(int count) {
    species().iconst_0().iload(count);
    code.invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
    return keep();
  }

  int load(int slot, int offset) {
    species().aload(slot).lload(offset);
    order();
    code.invokestatic(
        FLOATS, "fromMemorySegment", MethodTypeDesc.of(FLOATS, SPECIES, SEGMENT, CD_long, ORDER));
    return keep();
  }

  void store(int value, int slot, int offset) {
    code.aload(value).aload(slot).lload(offset);
    order();
    code.invokevirtual(
        FLOATS, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
  }

  void loadFirst(Format format, int slot, int offset, int count, int array, int at) {
    boolean whole = format == Format.FLOAT32;
    first(whole ? "loadFirst" : "widenFirst", slot, offset, count, array, at);
  }

  void storeFirst(Format format, int slot, int offset, int count, int array, int at) {
    boolean whole = format == Format.FLOAT32;
    first(whole ? "storeFirst" : "narrowFirst", slot, offset, count, array, at);
  }

  private void first(String name, int slot, int offset, int count, int array, int at) {
    code.aload(slot).lload(offset).iload(count).aload(array).loadConstant(at);
    code.invokestatic(LANES, name, FIRST);
  }

  /** The local that holds the result; comparisons also keep their mask for selects. */
  int compute(Instruction x, int number, int[] values, Map<Integer, Integer> comparisons) {
    return switch (x.code()) {
      case ADD -> binary("add", x, values);
      case SUBTRACT -> binary("sub", x, values);
      case MULTIPLY -> binary("mul", x, values);
      case DIVIDE -> binary("div", x, values);
      case MINIMUM -> binary("min", x, values);
      case MAXIMUM -> binary("max", x, values);
      case FUSED -> fused(values[x.a()], values[x.b()], values[x.c()]);
      case SQUARE_ROOT -> unary("sqrt", x, values);
      case ABSOLUTE -> unary("abs", x, values);
      case SIGN -> sign(values[x.a()]);
      case LESS -> comparison("LT", x, number, values, comparisons);
      case EQUAL -> comparison("EQ", x, number, values, comparisons);
      case SELECT -> select(x, values, comparisons);
      case LOAD, ROUND -> throw new IllegalStateException(x + " depends on the place");
    };
  }

  void fold(FoldOutput fold, int[] values, int accumulator) {
    code.aload(values[fold.a()]);
    if (fold.b() >= 0) {
      code.aload(values[fold.b()]).aload(accumulator);
      code.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
    } else {
      code.aload(accumulator);
      code.invokevirtual(FLOATS, fold.combine() == Combine.SUM ? "add" : "max", binaryType());
    }
    code.astore(accumulator);
  }

  void fold(FoldOutput fold, int[] values, int accumulator, int mask) {
    code.aload(accumulator);
    fold(fold, values, accumulator);
    code.aload(accumulator).aload(mask);
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
    code.astore(accumulator);
  }

  void copy(int from, int to) {
    code.aload(from).astore(to);
  }

  void toArray(int vector, int array, int at) {
    code.aload(vector).aload(array).loadConstant(at);
    code.invokevirtual(
        FLOATS, "intoArray", MethodTypeDesc.of(CD_void, CD_float.arrayType(), CD_int));
  }

  int fromArray(int array, int at) {
    species().aload(array).loadConstant(at);
    code.invokestatic(
        FLOATS, "fromArray", MethodTypeDesc.of(FLOATS, SPECIES, CD_float.arrayType(), CD_int));
    return keep();
  }

  /** Leaves the total of the lanes in an array on the stack. */
  void reduce(Combine combine, int array, int at) {
    code.aload(array).loadConstant(at);
    code.invokestatic(
        LANES,
        combine == Combine.SUM ? "sum" : "largest",
        MethodTypeDesc.of(CD_double, CD_float.arrayType(), CD_int));
  }

  private int binary(String name, Instruction x, int[] values) {
    code.aload(values[x.a()]).aload(values[x.b()]).invokevirtual(FLOATS, name, binaryType());
    return keep();
  }

  private int fused(int a, int b, int c) {
    code.aload(a).aload(b).aload(c);
    code.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
    return keep();
  }

  private int unary(String name, Instruction x, int[] values) {
    code.aload(values[x.a()]).invokevirtual(FLOATS, name, MethodTypeDesc.of(FLOATS));
    return keep();
  }

  private int sign(int value) {
    code.aload(value);
    for (float sign : new float[] {1, -1}) {
      code.loadConstant(sign).aload(value);
      compareWithZero(sign > 0 ? "GT" : "LT");
      code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, CD_float, MASK));
    }
    return keep();
  }

  private int comparison(
      String name, Instruction x, int number, int[] values, Map<Integer, Integer> comparisons) {
    code.aload(values[x.a()]).getstatic(OPERATORS, name, COMPARISON).aload(values[x.b()]);
    code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
    int mask = keep();
    comparisons.put(number, mask);
    species().invokestatic(FLOATS, "zero", MethodTypeDesc.of(FLOATS, SPECIES));
    code.loadConstant(1f).aload(mask);
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, CD_float, MASK));
    return keep();
  }

  private int select(Instruction x, int[] values, Map<Integer, Integer> comparisons) {
    code.aload(values[x.c()]).aload(values[x.b()]);
    Integer mask = comparisons.get(x.a());
    if (mask != null) {
      code.aload(mask);
    } else {
      code.aload(values[x.a()]);
      compareWithZero("NE");
    }
    code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
    return keep();
  }

  private void compareWithZero(String name) {
    code.getstatic(OPERATORS, name, COMPARISON).loadConstant(0f);
    code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, CD_float));
  }

  int keep() {
    int local = local();
    code.astore(local);
    return local;
  }

  private CodeBuilder species() {
    return code.getstatic(LANES, "SPECIES", SPECIES);
  }

  private void order() {
    code.getstatic(LANES, "ORDER", ORDER);
  }

  private static MethodTypeDesc binaryType() {
    return MethodTypeDesc.of(FLOATS, VECTOR);
  }
}
