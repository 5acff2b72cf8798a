package dev.gradus.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The documentation of a record class, as plain text. It is read from the source file, which lies
 * beside the class, so there is one text for readers of code and for users.
 *
 * @param blocks the paragraphs in order
 * @param options for each option, what it is
 */
public record Documentation(List<Block> blocks, Map<String, String> options) {
  /**
   * A paragraph.
   *
   * @param verbatim whether its lines must stay as they are, as formulas must
   * @param text the text
   */
  public record Block(boolean verbatim, String text) {}

  private static final Pattern TAG = Pattern.compile("\\{@(?:code|link|value)\\s+#?([^}]*)}");
  private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)^(.*?[.])(\\s.*)?$");

  /** Copies the collections. */
  public Documentation {
    blocks = List.copyOf(blocks);
    options = Map.copyOf(options);
  }

  static Documentation of(Class<?> type) {
    String[] parts = comment(type).split("\n@", -1);
    var options = new LinkedHashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      String[] words = parts[i].split("\\s+", 3);
      if (words[0].equals("param") && words.length == 3) {
        options.put(words[1], plain(words[2]));
      }
    }
    return new Documentation(blocks(parts[0]), options);
  }

  /**
   * The first sentence.
   *
   * @return what the record is, in a line or two
   */
  public String summary() {
    return FIRST_SENTENCE.matcher(blocks.getFirst().text()).replaceFirst("$1");
  }

  private static String comment(Class<?> type) {
    String source = source(type);
    int end = source.indexOf("@" + Name.class.getSimpleName() + "(");
    int start = source.lastIndexOf("/**", end);
    return source
        .substring(start + "/**".length(), source.lastIndexOf("*/", end))
        .replaceAll("\n \\* ?", "\n");
  }

  private static String source(Class<?> type) {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".java")) {
      if (in == null) {
        throw new IllegalStateException("The source of " + type + " is not beside the class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Block> blocks(String text) {
    var blocks = new ArrayList<Block>();
    for (String part : text.split("<p>|(?=<pre>)|</pre>", -1)) {
      if (part.startsWith("<pre>")) {
        blocks.add(new Block(true, untagged(part.substring("<pre>".length())).strip()));
      } else if (!part.isBlank()) {
        blocks.add(new Block(false, plain(part)));
      }
    }
    return blocks;
  }

  private static String plain(String text) {
    return untagged(text).replaceAll("\\s+", " ").strip();
  }

  private static String untagged(String text) {
    return TAG.matcher(text)
        .replaceAll("$1")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
