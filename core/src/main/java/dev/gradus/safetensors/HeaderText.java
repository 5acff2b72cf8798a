package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the JSON text of a header. */
final class HeaderText {
  private final StringBuilder json = new StringBuilder("{");
  private final Set<String> names = new HashSet<>();
  private long offset;

  private HeaderText() {}

  static ByteBuffer of(Map<String, String> metadata, List<Tensor> tensors) {
    var text = new HeaderText();
    if (!metadata.isEmpty()) {
      text.metadata(metadata);
    }
    tensors.forEach(text::tensor);
    text.json.append('}');
    try {
      return UTF_8.newEncoder().encode(CharBuffer.wrap(text.json));
    } catch (CharacterCodingException half) {
      throw new IllegalArgumentException(
          "A tensor's name or a metadata text contains half of a surrogate pair; correct it.",
          half);
    }
  }

  private void metadata(Map<String, String> metadata) {
    string(Tensor.RESERVED_NAME);
    char before = '{';
    json.append(':');
    for (var entry : metadata.entrySet()) {
      json.append(before);
      string(entry.getKey());
      json.append(':');
      string(entry.getValue());
      before = ',';
    }
    json.append('}');
  }

  private void tensor(Tensor tensor) {
    if (!names.add(tensor.name())) {
      throw new IllegalArgumentException(
          "Two tensors are named " + Quoted.text(tensor.name()) + "; rename one of them.");
    }
    long end = Math.addExact(offset, tensor.data().byteSize());
    if (json.length() > 1) {
      json.append(',');
    }
    string(tensor.name());
    json.append(":{\"dtype\":\"").append(tensor.dtype()).append("\",\"shape\":");
    numbers(tensor.shape());
    json.append(",\"data_offsets\":");
    numbers(List.of(offset, end));
    json.append('}');
    offset = end;
  }

  private void numbers(List<Long> numbers) {
    char before = '[';
    for (long number : numbers) {
      json.append(before).append(number);
      before = ',';
    }
    json.append(numbers.isEmpty() ? "[]" : "]");
  }

  private void string(String text) {
    json.append('"');
    for (int index = 0; index < text.length(); index++) {
      character(text.charAt(index));
    }
    json.append('"');
  }

  private void character(char character) {
    if (character == '"' || character == '\\') {
      json.append('\\').append(character);
    } else if (character < ' ') {
      json.append("\\u00").append(Character.forDigit(character >> 4, 16));
      json.append(Character.forDigit(character & 15, 16));
    } else {
      json.append(character);
    }
  }
}
