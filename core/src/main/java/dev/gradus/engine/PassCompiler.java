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

/**
 * Writes the class of a pass.
 *
 * <pre>
 * broadcast the scalars
 * for each segment
 *   broadcast the row's scalars; clear the folds
 *   for each whole vector of the segment:  load, compute, fold, store
 *   if something is left: once more under a mask, in a method of its own
 *   reduce the folds' lanes in order
 * </pre>
 *
 * <p>Vectors stay in locals of one method, because those that cross a call that is not inlined are
 * boxed. The masked rest is apart, because the JVM's quick compiler refuses methods that are too
 * large, and then some are never compiled well; the folds go there and back by the lanes' array.
 */
final class PassCompiler {
  private static final ClassDesc SELF = ClassDesc.of("dev.gradus.engine.GeneratedPass");
  private static final ClassDesc LAYOUT = ClassDesc.of("dev.gradus.engine.Layout");
  private static final ClassDesc KERNEL = ClassDesc.of("dev.gradus.engine.Kernel");
  private static final ClassDesc SEGMENT = MemorySegment.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc REST =
      MethodTypeDesc.of(
          CD_void,
          SEGMENT.arrayType(),
          CD_float.arrayType(),
          CD_float.arrayType(),
          CD_float.arrayType(),
          CD_int,
          CD_long,
          CD_int);
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
  private final Place place;
  private final PassBody body;

  private final int row;
  private final int count;
  private final int base;
  private final int position;

  private PassCompiler(Loop loop, CodeBuilder code) {
    this.loop = loop;
    this.code = code;
    this.place = new Place(loop, code);
    this.body = new PassBody(loop, code, place);
    row = code.allocateLocal(TypeKind.INT);
    count = code.allocateLocal(TypeKind.INT);
    base = code.allocateLocal(TypeKind.LONG);
    position = code.allocateLocal(TypeKind.INT);
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
              type.withMethodBody(
                  "rest", REST, ClassFile.ACC_STATIC, code -> restOfSegment(loop, code));
            });
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, "<init>", MTD_void).return_();
  }

  private void method() {
    body.begin(SLOTS);
    body.broadcastScalars(SCALARS);
    Label next = code.newLabel();
    Label done = code.newLabel();
    code.labelBinding(next).iload(SEGMENT_INDEX).iload(LAST).if_icmpge(done);
    segment();
    code.iinc(SEGMENT_INDEX, 1).goto_(next);
    code.labelBinding(done).return_();
  }

  private void segment() {
    locate();
    body.broadcastRowScalars(ROW_SCALARS, row);
    body.goTo(base);
    body.startFolds();
    code.iconst_0().istore(position);
    wholeVectors();
    body.foldsToLanes(LANES);
    rest();
    for (int i = 0; i < loop.folds().size(); i++) {
      storePartial(i);
    }
  }

  /** row = segment ÷ perRow; base = number of the segment's first weight; count = its length. */
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
    layout("columns", CD_long).lmul().lload(start).ladd().lstore(base);
  }

  private CodeBuilder layout(String component, ClassDesc type) {
    return code.aload(LAYOUT_ARGUMENT).invokevirtual(LAYOUT, component, MethodTypeDesc.of(type));
  }

  private void wholeVectors() {
    int lanes = Lanes.SPECIES.length();
    Label again = code.newLabel();
    Label end = code.newLabel();
    code.labelBinding(again).iload(position).iload(count).loadConstant(lanes).isub();
    code.if_icmpgt(end);
    place.moveTo(position);
    body.computeWhole();
    code.iinc(position, lanes).goto_(again).labelBinding(end);
  }

  private void rest() {
    Label end = code.newLabel();
    code.iload(position).iload(count).if_icmpge(end);
    code.aload(SLOTS).aload(SCALARS).aload(ROW_SCALARS).aload(LANES);
    code.iload(row).lload(base).iload(position).i2l().ladd();
    code.iload(count).iload(position).isub();
    code.invokestatic(SELF, "rest", REST).labelBinding(end);
  }

  private static void restOfSegment(Loop loop, CodeBuilder code) {
    var place = new Place(loop, code);
    var body = new PassBody(loop, code, place);
    int first = code.allocateLocal(TypeKind.INT);
    code.iconst_0().istore(first);
    body.begin(code.parameterSlot(0));
    body.broadcastScalars(code.parameterSlot(1));
    body.broadcastRowScalars(code.parameterSlot(2), code.parameterSlot(4));
    body.goTo(code.parameterSlot(5));
    place.moveTo(first);
    body.foldsFromLanes(code.parameterSlot(3));
    body.computeFirst(code.parameterSlot(6), code.parameterSlot(3));
    body.foldsToLanes(code.parameterSlot(3));
    code.return_();
  }

  private void storePartial(int fold) {
    int folds = loop.folds().size();
    code.aload(PARTIALS).iload(SEGMENT_INDEX).loadConstant(folds).imul();
    code.loadConstant(fold).iadd();
    body.reduce(fold, LANES);
    code.dastore();
  }
}
