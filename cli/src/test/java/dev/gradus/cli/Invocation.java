package dev.gradus.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A command that was run in this process.
 *
 * @param code its exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Invocation(int code, String out, String err) {

  static Invocation of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = Gradus.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Invocation(code, text(out), text(err));
  }

  private static String text(StringWriter writer) {
    return writer.toString().replace(System.lineSeparator(), "\n");
  }
}
