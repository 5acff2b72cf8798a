package dev.gradus.cli.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files with one trace each. */
public final class TraceFile {
  private static final long LARGEST = 1L << 28;

  /** Not-a-number is read, so that the refusal can say where it stands. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private TraceFile() {}

  /**
   * Reads a trace.
   *
   * @param file the file
   * @return its document
   * @throws UserException if the file can't be read, is larger than 256 MiB or is not a JSON object
   */
  public static ObjectNode read(Path file) {
    try {
      requireSmall(file);
      JsonNode document = JSON.readTree(Files.readAllBytes(file));
      if (document instanceof ObjectNode object) {
        return object;
      }
      throw new UserException("A trace is a JSON object, but the file holds something else.");
    } catch (JsonProcessingException malformed) {
      throw new UserException(reason(malformed), malformed);
    } catch (NoSuchFileException missing) {
      throw new UserException("The file does not exist.", missing);
    } catch (IOException failure) {
      throw new UserException("The file can't be read (%s).".formatted(failure), failure);
    }
  }

  private static void requireSmall(Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new UserException(
          "The file has %d bytes, but a trace may have %d; record fewer steps or smaller tensors."
              .formatted(size, LARGEST));
    }
  }

  private static String reason(JsonProcessingException malformed) {
    String fault = malformed.getOriginalMessage().replaceFirst("(?s)( \\(for .*|\\R.*)", "");
    var place = malformed.getLocation();
    return place == null
        ? "The file is not JSON: %s.".formatted(fault)
        : "The file is not JSON at line %d, column %d: %s."
            .formatted(place.getLineNr(), place.getColumnNr(), fault);
  }
}
