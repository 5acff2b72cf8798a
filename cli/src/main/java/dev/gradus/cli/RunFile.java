package dev.gradus.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gradus.UserException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A YAML file whose keys are the names of options.
 *
 * @param path where it lies, for messages
 * @param entries what it sets, in the order of the file
 */
record RunFile(Path path, List<Entry> entries) {
  private static final long LARGEST = 1_000_000;
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  /**
   * One setting.
   *
   * @param key the option's name without its dashes
   * @param values the text of its value, or of several
   * @param line where it stands, from 1
   */
  record Entry(String key, List<String> values, int line) {}

  static RunFile read(Path path) {
    try (var parser = YAML.createParser(new StringReader(text(path)))) {
      return new RunFile(path, entries(path, parser));
    } catch (JsonProcessingException malformed) {
      throw malformed(path, malformed);
    } catch (IOException failure) {
      throw new UserException("The run file '" + path + "' cannot be read.", failure);
    }
  }

  private static String text(Path path) throws IOException {
    try {
      if (Files.size(path) > LARGEST) {
        throw new UserException(
            "The file '%s' is no run file: it is larger than %,d bytes.".formatted(path, LARGEST));
      }
      return Files.readString(path);
    } catch (NoSuchFileException missing) {
      throw new UserException("The run file '" + path + "' does not exist.", missing);
    } catch (CharacterCodingException binary) {
      throw new UserException("The file '" + path + "' is no run file: it is no text.", binary);
    }
  }

  private static List<Entry> entries(Path path, JsonParser parser) throws IOException {
    var entries = new ArrayList<Entry>();
    var first = parser.nextToken();
    if (first != null && first != JsonToken.START_OBJECT) {
      throw at(path, parser, "A run file holds lines like 'data: digits'");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var key = parser.currentName();
      int line = parser.currentTokenLocation().getLineNr();
      parser.nextToken();
      entries.add(new Entry(key, values(path, parser), line));
    }
    return entries;
  }

  private static List<String> values(Path path, JsonParser parser) throws IOException {
    var values = new ArrayList<String>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      addScalar(path, parser, values);
      return values;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      addScalar(path, parser, values);
    }
    return values;
  }

  /** An empty value leaves the option as it is. */
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

  /** The text of a file with these settings. */
  static String print(Map<String, Object> settings) {
    try {
      return new YAMLMapper(YAML).writeValueAsString(settings);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
