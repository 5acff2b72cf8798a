package dev.gradus.safetensors;

/** How a text from a file, which may be hostile, is shown inside a sentence. */
final class Quoted {
  private static final int LONGEST = 100;

  private Quoted() {}

  static String text(String text) {
    var shown = new StringBuilder("\"");
    text.codePoints()
        .limit(LONGEST)
        .map(character -> isPlain(character) ? character : '?')
        .forEach(shown::appendCodePoint);
    boolean cut = text.codePointCount(0, text.length()) > LONGEST;
    return shown.append(cut ? "...\"" : "\"").toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
