package dev.gradus.cli.data;

import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Split.Draw;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The handwritten digits that are built in; {@code digits.txt} beside the file tells their origin.
 */
final class Digits implements DataReader {
  private static final String FILE = "digits.csv.gz";
  private static final int PIXELS = 64;
  private static final int BLACK = 16;
  private static final double TEST_PART = 0.2;
  private static final String ORIGIN =
      "1,797 handwritten digits of 8 x 8 pixels (UCI Optical Recognition of Handwritten Digits,"
          + " Alpaydin and Kaynak 1998, CC BY 4.0)";

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    var rows = rows();
    var labels = rows.stream().mapToInt(row -> row[PIXELS]).toArray();
    var pixels = new byte[rows.size() * PIXELS];
    for (int row = 0; row < rows.size(); row++) {
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        pixels[row * PIXELS + pixel] = (byte) rows.get(row)[pixel];
      }
    }
    var images =
        new PixelExamples(
            MemorySegment.ofArray(pixels),
            BLACK,
            labels,
            List.of(1L, 8L, 8L),
            index -> "line " + (index + 1));
    var classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    var parts = Map.of(Part.TRAIN, new Labelled(images, labels));
    return new Classified(name, ORIGIN, classes, parts, new Draw.Last(TEST_PART)).dataSet(options);
  }

  private static List<int[]> rows() throws IOException {
    var file = Objects.requireNonNull(Digits.class.getResourceAsStream(FILE), FILE);
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return lines.lines().map(Digits::numbers).toList();
    }
  }

  private static int[] numbers(String line) {
    return Arrays.stream(line.split(",", -1)).mapToInt(Integer::parseInt).toArray();
  }
}
