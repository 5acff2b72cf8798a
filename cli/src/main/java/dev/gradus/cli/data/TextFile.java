package dev.gradus.cli.data;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Split;
import dev.gradus.djl.data.Split.Draw;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A text in UTF-8, plain or compressed with gzip, cut into sequences of characters. */
final class TextFile implements DataReader {
  private static final long LARGEST = 500_000_000;
  private static final int MEMORY_PER_BYTE = 12;
  private static final int FEWEST_SEQUENCES = 3;

  @Override
  public DataSet read(String name, String argument, DataOptions options) throws IOException {
    var file = options.places().locate(argument);
    var characters = characters(file);
    var vocabulary = Arrays.stream(characters).distinct().sorted().toArray();
    int length = options.text().length();
    var all = TextExamples.of(characters, vocabulary, length);
    if (all.size() < FEWEST_SEQUENCES) {
      throw new UserException(
          "'%s' has only %d characters, too few for %d sequences of %d."
              .formatted(file, characters.length, FEWEST_SEQUENCES, length));
    }
    var split = split(all.size(), options.split());
    return new DataSet(
        name,
        List.of(origin(file, characters, vocabulary, length), split.statement()),
        new Task.NextToken(Arrays.stream(vocabulary).mapToObj(Character::toString).toList()),
        List.of(),
        Normalisation.NONE,
        all.subset(split.train()),
        all.subset(split.validation()),
        all.subset(split.test()));
  }

  /** In file order, because neighbouring pieces of a text give each other away. */
  private static Split split(int size, SplitOptions options) {
    return Split.of(size, new Draw.Last(options.test()), new Draw.Last(options.validation()));
  }

  private static String origin(Path file, int[] characters, int[] vocabulary, int length) {
    return "%,d characters from %s in sequences of %d; the %d different ones of the whole file are"
            .formatted(characters.length, file, length, vocabulary.length)
        + " the vocabulary";
  }

  private static int[] characters(Path file) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(file)))
          .codePoints()
          .toArray();
    } catch (CharacterCodingException otherEncoding) {
      throw new UserException(
          "'" + file + "' is not text in UTF-8; convert it first, for example with iconv.",
          otherEncoding);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    long limit = Math.min(LARGEST, MemoryBudget.heap() / MEMORY_PER_BYTE);
    try (var in = Compressed.open(file)) {
      var bytes = in.readNBytes((int) limit + 1);
      if (bytes.length > limit) {
        throw new UserException(
            "The text in '%s' is longer than the %,d bytes that fit in memory."
                .formatted(file, limit));
      }
      return bytes;
    }
  }
}
