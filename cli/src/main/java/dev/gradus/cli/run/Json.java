package dev.gradus.cli.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gradus.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records as JSON. What is absent is left out; what a newer version added is passed over. */
public final class Json {
  private static final JsonMapper LINES =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final JsonMapper PAGES =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /**
   * A value on one line.
   *
   * @param value a record or a map
   * @return JSON
   */
  public static String text(Object value) {
    try {
      return LINES.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads a text.
   *
   * @param <T> the type of the record
   * @param text what {@link #text} has made
   * @param type the type of the record
   * @return the record
   * @throws IllegalArgumentException if it is none
   */
  public static <T> T parse(String text, Class<T> type) {
    try {
      return LINES.readValue(text, type);
    } catch (JsonProcessingException damaged) {
      throw new IllegalArgumentException(damaged);
    }
  }

  /**
   * Replaces a file in one moment: a crash leaves the old one or the new one.
   *
   * @param file what is written; its folder is created if it does not exist
   * @param value a record
   * @throws UserException if it cannot be written
   */
  public static void write(Path file, Object value) {
    Disk.write(file, (page(value) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A value on several lines.
   *
   * @param value a record or a map
   * @return JSON
   */
  public static String page(Object value) {
    try {
      return PAGES.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads what was written.
   *
   * @param <T> the type of the record
   * @param file what is read
   * @param type the type of the record
   * @return the record
   * @throws UserException if the file is missing, damaged or unreadable
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return PAGES.readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException damaged) {
      throw new UserException(
          "The file '%s' is damaged: %s.".formatted(file, damaged.getOriginalMessage()), damaged);
    } catch (IOException failure) {
      throw Disk.cannotRead(file, failure);
    }
  }
}
