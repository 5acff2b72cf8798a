package dev.gradus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A YAML file whose keys are the names of options.
 *
 * @param path where it lies, for messages
 * @param entries what it sets, in the order of the file
 */
record RunFile(Path path, List<Entry> entries) {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());

  /**
   * One setting.
   *
   * @param key the option's name without its dashes
   * @param values the text of its value, or of several; none leaves the option as it is
   * @param line where it stands, from 1
   */
  record Entry(String key, List<String> values, int line) {}

  static RunFile read(Path path) {
    var file = YamlFile.read(path, "run file", "data: digits");
    return new RunFile(path, file.entries().stream().map(entry -> flat(path, entry)).toList());
  }

  /** The setting that a key is, if it has no keys below it. */
  static Entry flat(Path path, YamlFile.Entry entry) {
    if (!entry.entries().isEmpty()) {
      throw YamlFile.mistake(
          path, entry.line(), "The value must be a text, a number or a list of them.");
    }
    return new Entry(entry.key(), entry.values(), entry.line());
  }

  /** The text of a file with these settings. */
  static String print(Map<String, Object> settings) {
    try {
      return YAML.writeValueAsString(settings);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
