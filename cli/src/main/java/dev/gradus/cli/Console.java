package dev.gradus.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a command prints: results to standard output, everything else to standard error. */
final class Console {
  private static final String CLEAR_LINE = "\r\033[2K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;

  /**
   * Prints to these.
   *
   * @param terminal whether standard error is a terminal, where a line can be written over
   */
  Console(PrintWriter out, PrintWriter err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** What a command that is being run prints to. */
  static Console of(CommandSpec command) {
    var line = command.commandLine();
    return new Console(line.getOut(), line.getErr(), StandardError.isTerminal());
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Something the user asked for. */
  void result(String text) {
    out.println(text);
    out.flush();
  }

  /** Something the user may want to know, in place of a line that is being written over. */
  synchronized void note(String line) {
    err.println(terminal ? CLEAR_LINE + line : line);
    err.flush();
  }

  /** A line that the next one is written over; on a terminal only. */
  synchronized void passing(String line) {
    if (terminal) {
      err.print(CLEAR_LINE + line);
      err.flush();
    }
  }
}
