package dev.gradus.cli.data;

import dev.gradus.djl.data.Examples;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Neighbouring pieces of a text; the target of a piece is the piece one character further on. */
final class TextExamples implements Examples {
  private final int[] tokens;
  private final int length;
  private final int size;

  private TextExamples(int[] tokens, int length) {
    this.tokens = tokens;
    this.length = length;
    this.size = Math.max(0, (tokens.length - 1) / length);
  }

  /** Numbers every character by its place in the sorted vocabulary. */
  static TextExamples of(int[] characters, int[] vocabulary, int length) {
    var tokens =
        Arrays.stream(characters)
            .map(character -> Arrays.binarySearch(vocabulary, character))
            .toArray();
    return new TextExamples(tokens, length);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Long> inputShape() {
    return List.of((long) length);
  }

  @Override
  public List<Long> targetShape() {
    return List.of((long) length);
  }

  @Override
  public void input(int index, float[] into, int offset) {
    copy(Objects.checkIndex(index, size) * length, into, offset);
  }

  @Override
  public void target(int index, float[] into, int offset) {
    copy(Objects.checkIndex(index, size) * length + 1, into, offset);
  }

  private void copy(int from, float[] into, int offset) {
    for (int position = 0; position < length; position++) {
      into[offset + position] = tokens[from + position];
    }
  }

  @Override
  public String identity(int index) {
    int first = Objects.checkIndex(index, size) * length;
    return "characters " + first + " to " + (first + length - 1);
  }
}
