package dev.gradus.compress;

import java.lang.foreign.MemorySegment;

/** Packs of single values: 4 bytes for the place and 4 for the value, places ascending. */
record SparseValues(long elements) {
  static final int BYTES = Integer.BYTES + Float.BYTES;

  /** Refuses tensors whose places don't fit. */
  SparseValues {
    if (elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A tensor of " + elements + " weights is too large to send places of 4 bytes.");
    }
  }

  static void write(MemorySegment pack, long number, long place, float value) {
    pack.set(Floats.INT, number * BYTES, (int) place);
    pack.set(Floats.FLOAT, number * BYTES + Integer.BYTES, value);
  }

  void addTo(MemorySegment sum, MemorySegment pack) {
    require(pack);
    for (long offset = 0; offset < pack.byteSize(); offset += BYTES) {
      Floats.add(sum, pack.get(Floats.INT, offset), pack.get(Floats.FLOAT, offset + Integer.BYTES));
    }
  }

  private void require(MemorySegment pack) {
    if (pack.byteSize() % BYTES != 0) {
      throw new PackException("A pack of %d bytes ends early.".formatted(pack.byteSize()));
    }
    long last = -1;
    for (long offset = 0; offset < pack.byteSize(); offset += BYTES) {
      long place = pack.get(Floats.INT, offset);
      if (place <= last || place >= elements) {
        throw new PackException(
            "A pack names element %d behind %d, of %d.".formatted(place, last, elements));
      }
      PackException.requireFinite(pack.get(Floats.FLOAT, offset + Integer.BYTES));
      last = place;
    }
  }
}
