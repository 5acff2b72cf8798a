import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks ("check") or rewrites ("write") every Java source below the current folder, but no script
 * of JBang: the formatter would make its directives comments.
 */
void main(String[] arguments) throws IOException, FormatterException {
  boolean write = arguments.length == 1 && arguments[0].equals("write");
  boolean clean = true;
  for (Path source : sources()) {
    String text = Files.readString(source);
    String formatted = new Formatter().formatSourceAndFixImports(text);
    if (!formatted.equals(text) && !text.startsWith("///usr/bin/env jbang")) {
      clean = write;
      IO.println((write ? "Formatted " : "Not formatted: ") + source);
      if (write) {
        Files.writeString(source, formatted);
      }
    }
  }
  if (!clean) {
    IO.println("Run: mvn -q -N validate -Dformat=write");
    System.exit(1);
  }
}

List<Path> sources() throws IOException {
  try (var files = Files.walk(Path.of(""))) {
    return files.filter(this::isSource).sorted().toList();
  }
}

boolean isSource(Path file) {
  return file.toString().endsWith(".java") && !file.toString().matches("(.*/)?target/.*");
}
