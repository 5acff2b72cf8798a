package dev.gradus.cli;

import dev.gradus.cli.page.Suspicion.Column;
import dev.gradus.cli.page.Thumbnail;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What examples look like to people: inputs as they were before normalisation.
 *
 * @param set the data
 * @param examples those of its examples that are looked at
 * @param largest how many pixels a picture may be high and wide
 */
record ExampleView(DataSet set, Examples examples, int largest) {
  /** What the pictures of a page may take, if nothing in them could be compressed. */
  private static final double BYTES_OF_A_PAGE = 1.5e6;

  private static final int SMALLEST_PICTURE = 24;
  private static final int LARGEST_PICTURE = 192;
  private static final int SHOWN_COLUMNS = 12;
  private static final MathContext DIGITS = new MathContext(4);

  /** Views for a page of so many examples. */
  static ExampleView of(DataSet set, Examples examples, int count) {
    long channels = Math.max(1, examples.inputShape().getFirst());
    double side = Math.sqrt(BYTES_OF_A_PAGE / Math.max(1, count) / channels);
    return new ExampleView(
        set, examples, Math.clamp((long) side, SMALLEST_PICTURE, LARGEST_PICTURE));
  }

  /** An example as a picture, if it is one. */
  Optional<Thumbnail> picture(int index) {
    var shape = examples.inputShape();
    if (shape.size() != 3 || (shape.getFirst() != 1 && shape.getFirst() != 3)) {
      return Optional.empty();
    }
    return Optional.of(
        Thumbnail.of(
            raw(index),
            Math.toIntExact(shape.get(0)),
            Math.toIntExact(shape.get(1)),
            Math.toIntExact(shape.get(2)),
            largest));
  }

  /** The first columns of an example, if it is the row of a table. */
  List<Column> columns(int index) {
    var names = set.columns();
    float[] values = raw(index);
    return IntStream.range(0, Math.min(SHOWN_COLUMNS, names.size()))
        .mapToObj(column -> new Column(names.get(column), text(values[column])))
        .toList();
  }

  private static String text(float value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private float[] raw(int index) {
    var values = new float[examples.inputLength()];
    examples.input(index, values, 0);
    var normalisation = set.normalisation();
    int channels = normalisation.means().size();
    for (int i = 0; i < values.length && channels > 0; i++) {
      int channel = i / (values.length / channels);
      values[i] =
          (float)
              (values[i] * normalisation.scales().get(channel)
                  + normalisation.means().get(channel));
    }
    return values;
  }
}
