package dev.gradus.engine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;

/**
 * Writes the class of a pass.
 *
 * <pre>
 * broadcast the scalars
 * for each segment
 *   broadcast the row's scalars; clear the folds
 *   for each whole vector of the segment:  load, compute, fold, store
 *   once more under a mask for what is left
 *   reduce the folds' lanes in order
 * </pre>
 *
 * <p>Everything stays in locals of one method, because vectors that cross a call that is not
 * inlined are boxed.
 */
final class PassCompiler {
  private static final ClassDesc SELF = ClassDesc.of("dev.gradus.engine.GeneratedPass");
  private static final ClassDesc LAYOUT = ClassDesc.of("dev.gradus.engine.Layout");
  private static final ClassDesc KERNEL = ClassDesc.of("dev.gradus.engine.Kernel");
  private static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(
          CD_void,
          SEGMENT.arrayType(),
          LAYOUT,
          CD_float.arrayType(),
          CD_float.arrayType(),
          CD_double.arrayType(),
          CD_float.arrayType(),
          CD_int,
          CD_int);

  private static final int SLOTS = 1;
  private static final int LAYOUT_ARGUMENT = 2;
  private static final int SCALARS = 3;
  private static final int ROW_SCALARS = 4;
  private static final int PARTIALS = 5;
  private static final int LANES = 6;
  private static final int SEGMENT_INDEX = 7;
  private static final int LAST = 8;

  private final Loop loop;
  private final CodeBuilder code;
  private final VectorCode vectors;

  private final int row;
  private final int count;
  private final int base;
  private final int position;
  private final int[] slots;
  private final int[] inputs;
  private final int[] folds;

  private PassCompiler(Loop loop, CodeBuilder code) {
    this.loop = loop;
    this.code = code;
    this.vectors = new VectorCode(code);
    row = code.allocateLocal(TypeKind.INT);
    count = code.allocateLocal(TypeKind.INT);
    base = code.allocateLocal(TypeKind.LONG);
    position = code.allocateLocal(TypeKind.INT);
    slots = vectors.locals(loop.slots().size());
    inputs = vectors.locals(loop.inputs());
    folds = vectors.locals(loop.folds().size());
  }

  static byte[] compile(Loop loop) {
    return ClassFile.of()
        .build(
            SELF,
            type -> {
              type.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(KERNEL);
              type.withMethodBody("<init>", MTD_void, 0, PassCompiler::constructor);
              type.withMethodBody(
                  "run", RUN, ClassFile.ACC_PUBLIC, code -> new PassCompiler(loop, code).method());
            });
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, "<init>", MTD_void).return_();
  }

  private void method() {
    for (int i = 0; i < slots.length; i++) {
      code.aload(SLOTS).loadConstant(i).aaload().astore(slots[i]);
    }
    for (int i = 0; i < loop.scalars().size(); i++) {
      code.aload(SCALARS).loadConstant(i).faload();
      vectors.broadcast(inputs[i]);
    }
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(next).iload(SEGMENT_INDEX).iload(LAST).if_icmpge(done);
    segment();
    code.iinc(SEGMENT_INDEX, 1).goto_(next);
    code.labelBinding(done).return_();
  }

  private void segment() {
    locate();
    broadcastRowScalars();
    for (int i = 0; i < folds.length; i++) {
      vectors.start(loop.folds().get(i).combine(), folds[i]);
    }
    code.iconst_0().istore(position);
    wholeVectors();
    rest();
    for (int i = 0; i < folds.length; i++) {
      storePartial(i);
    }
  }

  /** row = segment ÷ perRow; base = byte offset of the segment; count = its length. */
  private void locate() {
    int start = code.allocateLocal(TypeKind.LONG);
    code.iload(SEGMENT_INDEX);
    layout("perRow", CD_int).idiv().istore(row);
    code.iload(SEGMENT_INDEX).iload(row);
    layout("perRow", CD_int).imul().isub().i2l();
    layout("segmentLength", CD_int).i2l().lmul().lstore(start);
    layout("segmentLength", CD_int).i2l();
    layout("columns", CD_long).lload(start).lsub();
    code.invokestatic(
            ClassDesc.of("java.lang.Math"), "min", MethodTypeDesc.of(CD_long, CD_long, CD_long))
        .l2i()
        .istore(count);
    code.iload(row).i2l();
    layout("columns", CD_long).lmul().lload(start).ladd();
    code.loadConstant(2).lshl().lstore(base);
  }

  private CodeBuilder layout(String component, ClassDesc type) {
    return code.aload(LAYOUT_ARGUMENT).invokevirtual(LAYOUT, component, MethodTypeDesc.of(type));
  }

  private void broadcastRowScalars() {
    int perRow = loop.rowScalars().size();
    for (int i = 0; i < perRow; i++) {
      code.aload(ROW_SCALARS).iload(row).loadConstant(perRow).imul().loadConstant(i).iadd();
      code.faload();
      vectors.broadcast(inputs[loop.scalars().size() + i]);
    }
  }

  private void wholeVectors() {
    int lanes = Lanes.SPECIES.length();
    Label again = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(again).iload(position).iload(count).loadConstant(lanes).isub();
    code.if_icmpgt(end);
    body(-1);
    code.iinc(position, lanes).goto_(again).labelBinding(end);
  }

  private void rest() {
    Label end = code.newLabel();
    int mask = code.allocateLocal(TypeKind.REFERENCE);
    code.iload(position).iload(count).if_icmpge(end);
    vectors.maskOfRange(position, count, mask);
    body(mask);
    code.labelBinding(end);
  }

  private void body(int mask) {
    int offset = code.allocateLocal(TypeKind.LONG);
    code.lload(base).iload(position).i2l().loadConstant(2).lshl().ladd().lstore(offset);
    int[] values = Arrays.copyOf(inputs, inputs.length + loop.body().size());
    var comparisons = new HashMap<Integer, Integer>();
    for (int i = 0; i < loop.body().size(); i++) {
      Loop.Instruction instruction = loop.body().get(i);
      values[inputs.length + i] =
          instruction.code() == Loop.Code.LOAD
              ? vectors.load(slots[instruction.a()], offset, mask)
              : vectors.compute(instruction, inputs.length + i, values, comparisons);
    }
    for (int i = 0; i < folds.length; i++) {
      vectors.fold(loop.folds().get(i), values, folds[i], mask);
    }
    for (Loop.StoreOutput store : loop.stores()) {
      vectors.store(values[store.value()], slots[store.slot()], offset, mask);
    }
  }

  private void storePartial(int fold) {
    code.aload(PARTIALS).iload(SEGMENT_INDEX).loadConstant(folds.length).imul();
    code.loadConstant(fold).iadd();
    vectors.reduce(loop.folds().get(fold).combine(), folds[fold], LANES);
    code.dastore();
  }
}
