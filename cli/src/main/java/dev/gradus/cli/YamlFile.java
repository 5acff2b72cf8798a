package dev.gradus.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.gradus.UserException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A YAML file of keys with texts, lists of texts, or keys of their own.
 *
 * @param path where it lies, for messages
 * @param entries what it says, in its order
 */
record YamlFile(Path path, List<Entry> entries) {
  private static final long LARGEST = 1_000_000;
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * One key.
   *
   * @param key its name
   * @param values the text of its value, or of several
   * @param line where it stands, from 1
   * @param entries the keys below it
   */
  record Entry(String key, List<String> values, int line, List<Entry> entries) {}

  /**
   * Reads a file.
   *
   * @param kind what it should be, such as {@code run file}
   * @param example a line of such a file
   */
  static YamlFile read(Path path, String kind, String example) {
    try (var parser = YAML.createParser(new StringReader(text(path, kind)))) {
      var first = parser.nextToken();
      if (first != null && first != JsonToken.START_OBJECT) {
        throw at(path, parser, "A %s holds lines like '%s'".formatted(kind, example));
      }
      return new YamlFile(path, first == null ? List.of() : entries(path, parser));
    } catch (JsonProcessingException malformed) {
      throw malformed(path, malformed);
    } catch (IOException failure) {
      throw new UserException("The %s '%s' cannot be read.".formatted(kind, path), failure);
    }
  }

  private static String text(Path path, String kind) throws IOException {
    try {
      if (Files.size(path) > LARGEST) {
        throw new UserException(
            "The file '%s' is no %s: it is larger than %,d bytes.".formatted(path, kind, LARGEST));
      }
      return Files.readString(path);
    } catch (NoSuchFileException missing) {
      throw new UserException("The %s '%s' does not exist.".formatted(kind, path), missing);
    } catch (CharacterCodingException binary) {
      throw new UserException(
          "The file '%s' is no %s: it is no text.".formatted(path, kind), binary);
    }
  }

  private static List<Entry> entries(Path path, JsonParser parser) throws IOException {
    var entries = new ArrayList<Entry>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      var values = new ArrayList<String>();
      List<Entry> below = List.of();
      switch (parser.nextToken()) {
        case START_OBJECT -> below = entries(path, parser);
        case START_ARRAY -> addList(path, parser, values);
        default -> addScalar(path, parser, values);
      }
      entries.add(new Entry(key, values, line, below));
    }
    return entries;
  }

  private static void addList(Path path, JsonParser parser, List<String> values)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      addScalar(path, parser, values);
    }
  }

  /** An empty value is none. */
  private static void addScalar(Path path, JsonParser parser, List<String> values)
      throws IOException {
    if (!parser.currentToken().isScalarValue()) {
      throw at(path, parser, "The value must be a text, a number or a list of them");
    }
    if (!parser.getText().isEmpty()) {
      values.add(parser.getText());
    }
  }

  private static UserException at(Path path, JsonParser parser, String problem) {
    return mistake(path, parser.currentTokenLocation().getLineNr(), problem + ".");
  }

  private static UserException malformed(Path path, JsonProcessingException malformed) {
    var reason = malformed.getOriginalMessage().lines().findFirst().orElse("");
    var location = malformed.getLocation();
    int line = location == null ? 1 : location.getLineNr();
    return mistake(path, line, "This is not YAML (" + reason + ").");
  }

  static UserException mistake(Path path, int line, String sentence) {
    return new UserException("%s, line %d: %s".formatted(path, line, sentence));
  }
}
