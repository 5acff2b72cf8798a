package dev.gradus.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;

/**
 * Reads the part of JSON that headers consist of: objects without duplicate keys, arrays, strings
 * and whole numbers from 0 to 2<sup>63</sup> - 1. The caller asks for the value it expects next and
 * nothing else is accepted, so that nesting is as deep as the caller's questions and no value is
 * stored that nobody asked for.
 */
final class JsonReader {
  /** Reads the value of one member of an object. */
  @FunctionalInterface
  interface Member {
    void read(String key) throws SafetensorsException;
  }

  /** Reads one element of an array. */
  @FunctionalInterface
  interface Element {
    void read() throws SafetensorsException;
  }

  private static final int END = -1;

  private final Path file;
  private final byte[] text;
  private int position;

  JsonReader(Path file, byte[] text) {
    this.file = file;
    this.text = text;
  }

  void object(Member member) throws SafetensorsException {
    var keys = new HashSet<String>();
    expect('{');
    for (boolean more = !skip('}'); more; more = continues('}')) {
      String key = string();
      if (!keys.add(key)) {
        throw failure("the key " + Quoted.text(key) + " appears twice");
      }
      expect(':');
      member.read(key);
    }
  }

  void array(Element element) throws SafetensorsException {
    expect('[');
    for (boolean more = !skip(']'); more; more = continues(']')) {
      element.read();
    }
  }

  String string() throws SafetensorsException {
    expect('"');
    var value = new StringBuilder();
    while (true) {
      value.append(plainText());
      if (next() == '"') {
        return value.toString();
      }
      value.appendCodePoint(escape());
    }
  }

  long integer() throws SafetensorsException {
    skipSpace();
    int start = position;
    while (isDigit(peek())) {
      position++;
    }
    boolean leadingZero = position > start + 1 && text[start] == '0';
    if (position == start || leadingZero || isNumberPart(peek())) {
      throw failure("a whole number from 0 was expected");
    }
    String digits = new String(text, start, position - start, UTF_8);
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw failure("the number " + Quoted.text(digits) + " is too large");
    }
  }

  void end() throws SafetensorsException {
    skipSpace();
    if (peek() != END) {
      throw failure("there is text behind the end of the JSON object");
    }
  }

  SafetensorsException failure(String finding) {
    return SafetensorsException.malformed(
        file, finding + " (near byte " + position + " of the header)");
  }

  private String plainText() throws SafetensorsException {
    int start = position;
    while (peek() != '"' && peek() != '\\') {
      if (peek() == END) {
        throw failure("a string has no end");
      }
      if (peek() < ' ') {
        throw failure("a string contains a control character");
      }
      position++;
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(text, start, position - start)).toString();
    } catch (CharacterCodingException malformed) {
      throw failure("a string is not valid UTF-8");
    }
  }

  private int escape() throws SafetensorsException {
    int letter = next();
    return switch (letter) {
      case '"', '\\', '/' -> letter;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> escapedCharacter();
      default -> throw failure("a string contains an unknown escape");
    };
  }

  private int escapedCharacter() throws SafetensorsException {
    char first = hexadecimal();
    if (!Character.isSurrogate(first)) {
      return first;
    }
    boolean pair = Character.isHighSurrogate(first) && next() == '\\' && next() == 'u';
    char second = pair ? hexadecimal() : first;
    if (!Character.isSurrogatePair(first, second)) {
      throw failure("a string contains half of a surrogate pair");
    }
    return Character.toCodePoint(first, second);
  }

  private char hexadecimal() throws SafetensorsException {
    int value = 0;
    for (int digit = 0; digit < 4; digit++) {
      int character = next();
      if (!HexFormat.isHexDigit(character)) {
        throw failure("an escape \\u has no four hexadecimal digits");
      }
      value = value << 4 | HexFormat.fromHexDigit(character);
    }
    return (char) value;
  }

  private boolean continues(char close) throws SafetensorsException {
    if (skip(',')) {
      return true;
    }
    expect(close);
    return false;
  }

  private void expect(char wanted) throws SafetensorsException {
    if (!skip(wanted)) {
      throw failure("'" + wanted + "' was expected");
    }
  }

  private boolean skip(char wanted) {
    skipSpace();
    boolean found = peek() == wanted;
    if (found) {
      position++;
    }
    return found;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      position++;
    }
  }

  private int next() {
    int character = peek();
    position = Math.min(position + 1, text.length);
    return character;
  }

  private int peek() {
    return position < text.length ? Byte.toUnsignedInt(text[position]) : END;
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNumberPart(int character) {
    return character == '.' || character == 'e' || character == 'E';
  }
}
