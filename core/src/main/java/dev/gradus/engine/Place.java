package dev.gradus.engine;

import dev.gradus.equation.Format;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.EnumMap;
import java.util.Map;

/** Where in memory the current vector lies, as locals of the method that is being written. */
final class Place {
  /**
   * Locals that hold longs.
   *
   * @param base the byte where the segment begins in a slot of some format
   * @param offset the byte where the vector begins
   */
  private record Bytes(int base, int offset) {}

  private final CodeBuilder code;
  private final Map<Format, Bytes> bytes = new EnumMap<>(Format.class);

  Place(Loop loop, CodeBuilder code) {
    this.code = code;
    for (Format format : loop.formats()) {
      bytes.computeIfAbsent(format, _ -> new Bytes(local(), local()));
    }
  }

  private int local() {
    return code.allocateLocal(TypeKind.LONG);
  }

  /** Begins a segment; a local holds the number of its first weight. */
  void begin(int firstWeight) {
    bytes.forEach(
        (format, at) ->
            code.lload(firstWeight).loadConstant((long) format.bytes()).lmul().lstore(at.base()));
  }

  /** Moves to a weight of the segment; a local holds its number, counted from the segment's. */
  void moveTo(int position) {
    bytes.forEach(
        (format, at) -> {
          code.lload(at.base()).iload(position).i2l();
          code.loadConstant((long) format.bytes()).lmul().ladd().lstore(at.offset());
        });
  }

  /** The local that holds the vector's first byte in slots of a format. */
  int offset(Format format) {
    Bytes at = bytes.get(format);
    if (at == null) {
      throw new IllegalStateException("No slot has the format " + format);
    }
    return at.offset();
  }
}
