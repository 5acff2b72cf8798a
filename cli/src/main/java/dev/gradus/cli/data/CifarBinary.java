package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** CIFAR-10's binary files: per image one byte for the class, then the red, green, blue planes. */
final class CifarBinary {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final String TEST = "test_batch.bin";
  private static final List<Long> SHAPE = List.of(3L, 32L, 32L);
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;
  private static final int WHITE = 255;
  private static final int LARGEST_FILE = RECORD * 100_000;

  private final Path source;
  private final Map<String, byte[]> files = new TreeMap<>();

  private CifarBinary(Path source) {
    this.source = source;
  }

  static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(TRAIN.getFirst()));
  }

  static CifarBinary ofFolder(Path folder) throws IOException {
    var binary = new CifarBinary(folder);
    for (var name : names()) {
      var file = folder.resolve(name);
      if (Files.exists(file)) {
        try (var in = Files.newInputStream(file)) {
          binary.add(name, Files.size(file), in);
        }
      }
    }
    return binary;
  }

  static CifarBinary ofArchive(Path archive) throws IOException {
    var binary = new CifarBinary(archive);
    try (var tar = new TarStream(Compressed.open(archive))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        var path = entry.get().path();
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (names().contains(name)) {
          binary.add(name, entry.get().length(), tar.contents());
        }
      }
    } catch (IOException damaged) {
      throw new UserException(
          "The archive '" + archive + "' cannot be read: " + Reason.of(damaged) + ".", damaged);
    }
    return binary;
  }

  private static List<String> names() {
    return Stream.concat(TRAIN.stream(), Stream.of(TEST)).toList();
  }

  private void add(String name, long length, InputStream contents) throws IOException {
    if (length == 0 || length % RECORD != 0 || length > LARGEST_FILE) {
      throw new UserException(
          "'%s' in '%s' has %d bytes, which is not a whole number of images of %d bytes."
              .formatted(name, source, length, RECORD));
    }
    var bytes = contents.readNBytes((int) length);
    if (bytes.length < length) {
      throw new UserException("'%s' in '%s' ends too early.".formatted(name, source));
    }
    files.put(name, bytes);
  }

  DataSet dataSet(String name, DataOptions options) {
    var parts =
        Map.of(
            Part.TRAIN, labelled(Part.TRAIN, TRAIN), Part.TEST, labelled(Part.TEST, List.of(TEST)));
    var origin = "CIFAR-10 (original binary files) from " + source;
    return Classified.of(name, origin, CLASSES, parts, options.split()).dataSet(options);
  }

  private Labelled labelled(Part part, List<String> names) {
    long records = names.stream().mapToLong(name -> file(name).length / RECORD).sum();
    var pixels = MemoryBudget.allocate(records * PIXELS, "CIFAR-10");
    var labels = new int[Math.toIntExact(records)];
    int next = 0;
    for (var name : names) {
      next = copy(name, pixels, labels, next);
    }
    var examples =
        new PixelExamples(pixels, WHITE, labels, SHAPE, index -> part.words() + " " + index);
    return new Labelled(examples, labels);
  }

  private int copy(String name, MemorySegment pixels, int[] labels, int first) {
    var bytes = file(name);
    int next = first;
    for (int start = 0; start < bytes.length; start += RECORD) {
      labels[next] = label(name, bytes, start);
      MemorySegment.copy(
          bytes, start + 1, pixels, ValueLayout.JAVA_BYTE, (long) next * PIXELS, PIXELS);
      next++;
    }
    return next;
  }

  private int label(String name, byte[] bytes, int start) {
    int label = Byte.toUnsignedInt(bytes[start]);
    if (label >= CLASSES.size()) {
      throw new UserException(
          "Image %d of '%s' in '%s' has the label %d, but there are only the classes 0 to 9."
              .formatted(start / RECORD, name, source, label));
    }
    return label;
  }

  private byte[] file(String name) {
    var bytes = files.get(name);
    if (bytes == null) {
      throw new UserException("'" + source + "' has no file '" + name + "'.");
    }
    return bytes;
  }
}
