package dev.gradus.cli.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The script of a page, the only one that a browser runs there, because the page names its hash.
 *
 * @param text what is run; empty for a page without script
 */
public record Script(String text) {
  /** That of a page without script. */
  public static final Script NONE = new Script("");

  /** Tells the values of charts where the pointer is or arrow keys lead. */
  static final Script CHARTS = read("charts.js");

  private static Script read(String name) {
    try (InputStream file = Script.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
      return new Script(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What a page's policy allows.
   *
   * @return the directive for scripts
   */
  public String policy() {
    return text.isEmpty() ? "script-src 'none'" : "script-src 'sha256-" + hash() + "'";
  }

  private String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
