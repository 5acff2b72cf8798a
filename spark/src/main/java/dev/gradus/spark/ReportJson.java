package dev.gradus.spark;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.equation.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reports as JSON, of the known kinds only. */
final class ReportJson {
  private static final String BETWEEN = " ";
  private static final TypeReference<List<Report>> REPORTS = new TypeReference<>() {};

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Report.class, Kinds.class)
          .addMixIn(TrainingEvent.class, Kinds.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(text(Duration.class, Duration::toString))
                  .addDeserializer(Duration.class, read(Duration.class, Duration::parse))
                  .addSerializer(text(Path.class, Path::toString))
                  .addDeserializer(Path.class, read(Path.class, Path::of))
                  .addSerializer(text(Parameter.class, ReportJson::text))
                  .addDeserializer(Parameter.class, read(Parameter.class, ReportJson::parameter)))
          .build();

  static {
    MAPPER.registerSubtypes(Report.class.getPermittedSubclasses());
    MAPPER.registerSubtypes(TrainingEvent.class.getPermittedSubclasses());
  }

  private ReportJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Kinds {}

  static byte[] write(List<Report> reports) {
    try {
      return MAPPER.writerFor(REPORTS).writeValueAsBytes(reports);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads reports.
   *
   * @throws IllegalArgumentException if they can't be read
   */
  static List<Report> read(ByteBuffer bytes) {
    try {
      return MAPPER.readValue(StandardCharsets.UTF_8.decode(bytes).toString(), REPORTS);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("reports that can't be read", malformed);
    }
  }

  private static String text(Parameter parameter) {
    var sizes = parameter.shape().dimensions().stream().map(String::valueOf);
    return String.join(
        BETWEEN, parameter.type().name(), sizes.collect(Collectors.joining("x")), parameter.name());
  }

  private static Parameter parameter(String text) {
    var parts = text.split(BETWEEN, 3);
    var sizes =
        Arrays.stream(parts[1].split("x", -1))
            .filter(s -> !s.isEmpty())
            .map(Long::valueOf)
            .toList();
    return new Parameter(parts[2], new Shape(sizes), ParameterType.valueOf(parts[0]));
  }

  private static <T> StdSerializer<T> text(Class<T> type, Function<T, String> write) {
    return new StdSerializer<>(type) {
      private static final long serialVersionUID = 1;

      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeString(write.apply(value));
      }
    };
  }

  private static <T> StdDeserializer<T> read(Class<T> type, Function<String, T> read) {
    return new StdDeserializer<>(type) {
      private static final long serialVersionUID = 1;

      @Override
      public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return read.apply(json.getText());
      }
    };
  }
}
