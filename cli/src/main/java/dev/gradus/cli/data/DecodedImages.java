package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.cli.data.ImageOptions.Unreadable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Decodes many images into native memory, on all processors. */
final class DecodedImages {
  private static final int CHUNK = 256;

  private final Path source;
  private final Archive archive;
  private final ImageOptions options;
  private final LoadListener listener;

  DecodedImages(Path source, Archive archive, DataOptions options) {
    this.source = source;
    this.archive = archive;
    this.options = options.images();
    this.listener = options.listener();
  }

  /** The shape that all images get: as the options say, else that of the first readable image. */
  List<Long> shape(List<String> files) {
    try (var decoder = new ImageDecoder()) {
      for (var file : files) {
        try {
          return shape(decoder, file);
        } catch (IOException unreadable) {
          refuse(file, unreadable);
        }
      }
    }
    throw new UserException("Not one image of '" + source + "' can be read.");
  }

  private List<Long> shape(ImageDecoder decoder, String file) throws IOException {
    var first = decoder.decode(archive.read(file));
    long usual = Picture.isGrey(first) ? 1 : 3;
    long channels = options.channels() == 0 ? usual : options.channels();
    return options.size() == 0
        ? List.of(channels, (long) first.getHeight(), (long) first.getWidth())
        : List.of(channels, (long) options.size(), (long) options.size());
  }

  /** Stops at an unreadable file, unless it is to be left out. */
  private void refuse(String file, IOException unreadable) {
    if (options.unreadable() == Unreadable.STOP) {
      var reason =
          unreadable instanceof UnreadableImageException
              ? unreadable.getMessage()
              : "cannot be read: " + Reason.of(unreadable);
      throw new UserException(
          "In '%s' the file '%s' %s; remove it, or choose to skip such files."
              .formatted(source, file, reason),
          unreadable);
    }
  }

  /** Decodes the files; those left out stay black and are counted in {@code unreadable}. */
  Decoded decode(String part, List<String> files, List<Long> shape) {
    long bytes = shape.stream().reduce((long) files.size(), Math::multiplyExact);
    var pixels =
        MemoryBudget.allocate(bytes, "%,d images of %s values".formatted(files.size(), shape));
    var decoded = new Decoded(pixels, new ConcurrentSkipListMap<>());
    var done = new AtomicInteger();
    IntStream.range(0, Math.ceilDiv(files.size(), CHUNK))
        .parallel()
        .forEach(
            chunk -> {
              int end = Math.min(files.size(), (chunk + 1) * CHUNK);
              decode(files, shape, chunk * CHUNK, end, decoded);
              report(part, done.addAndGet(end - chunk * CHUNK), files.size());
            });
    return decoded;
  }

  private void report(String part, int done, int total) {
    synchronized (listener) {
      listener.progress("decoding the " + part + " images", done, total);
    }
  }

  private void decode(List<String> files, List<Long> shape, int from, int to, Decoded decoded) {
    try (var decoder = new ImageDecoder()) {
      for (int index = from; index < to; index++) {
        try {
          var picture = picture(decoder, files.get(index), shape);
          copy(picture.pixels(), decoded.pixels(), index);
        } catch (IOException unreadable) {
          refuse(files.get(index), unreadable);
          decoded.unreadable().put(index, String.valueOf(unreadable.getMessage()));
        }
      }
    }
  }

  private Picture picture(ImageDecoder decoder, String file, List<Long> shape) throws IOException {
    var image = decoder.decode(archive.read(file));
    return Picture.of(image, shape.get(0).intValue())
        .resized(shape.get(1).intValue(), shape.get(2).intValue());
  }

  private static void copy(byte[] bytes, MemorySegment pixels, int index) {
    MemorySegment.copy(
        bytes, 0, pixels, ValueLayout.JAVA_BYTE, (long) index * bytes.length, bytes.length);
  }

  /** Pixels of all files, and which files could not be read and why. */
  record Decoded(MemorySegment pixels, SortedMap<Integer, String> unreadable) {}
}
