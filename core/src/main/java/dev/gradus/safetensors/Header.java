package dev.gradus.safetensors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What the header of a file says, with the tensors in the order of their data. */
record Header(SequencedMap<String, String> metadata, List<Entry> entries) {
  /** One tensor's place: offsets in bytes, counted from the end of the header. */
  record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {}

  /**
   * Reads and checks a header.
   *
   * @param dataSize bytes of the file behind the header
   */
  static Header parse(Path file, byte[] text, long dataSize) throws SafetensorsException {
    if (text.length == 0 || text[0] != '{') {
      throw SafetensorsException.malformed(file, "the header does not start with '{'");
    }
    var metadata = new LinkedHashMap<String, String>();
    var entries = new ArrayList<Entry>();
    var json = new JsonReader(file, text);
    json.object(
        key -> {
          if (key.equals(Tensor.RESERVED_NAME)) {
            json.object(name -> metadata.put(name, json.string()));
          } else {
            entries.add(new EntryReader(json, key).read());
          }
        });
    json.end();
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    check(file, entries, dataSize);
    return new Header(metadata, entries);
  }

  private static void check(Path file, List<Entry> entries, long dataSize)
      throws SafetensorsException {
    long covered = 0;
    for (Entry entry : entries) {
      checkSize(file, entry);
      if (entry.begin() != covered) {
        String fault = entry.begin() < covered ? "overlaps the tensor before it" : "leaves a hole";
        throw misplaced(file, entry, fault + ", as that ends at byte " + covered);
      }
      covered = entry.end();
      if (covered > dataSize) {
        throw SafetensorsException.incomplete(
            file, described(entry) + ", but the file has only " + dataSize + " bytes of data");
      }
    }
    if (covered < dataSize) {
      throw SafetensorsException.malformed(
          file, "its last " + (dataSize - covered) + " bytes belong to no tensor");
    }
  }

  private static void checkSize(Path file, Entry entry) throws SafetensorsException {
    if (entry.end() < entry.begin()) {
      throw misplaced(file, entry, "ends before it begins");
    }
    long size;
    try {
      size = entry.dtype().byteSize(entry.shape());
    } catch (IllegalArgumentException impossible) {
      throw SafetensorsException.malformed(
          file, "tensor " + Quoted.text(entry.name()) + " has " + impossible.getMessage());
    }
    if (entry.end() - entry.begin() != size) {
      String needs = "its shape " + entry.shape() + " of " + entry.dtype() + " needs ";
      throw misplaced(file, entry, "has another size, as " + needs + size + " bytes");
    }
  }

  private static SafetensorsException misplaced(Path file, Entry entry, String fault) {
    return SafetensorsException.malformed(file, described(entry) + " and " + fault);
  }

  private static String described(Entry entry) {
    return "tensor %s lies at the bytes %s to %s"
        .formatted(Quoted.text(entry.name()), entry.begin(), entry.end());
  }
}
