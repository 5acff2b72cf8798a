package dev.gradus.cli.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes what all loggers say: into {@code log.txt}, once there is a run, and what a user should
 * read to the console, each sentence once: a sweep's runs have much in common.
 */
public final class RunLog extends Handler implements AutoCloseable {
  private static final String OURS = "dev.gradus";

  private final Consumer<String> console;
  private final Level heard;
  private final Set<String> printed = new HashSet<>();
  private final List<String> waiting = new ArrayList<>();
  private @Nullable Writer writer;

  private RunLog(Consumer<String> console, Level heard) {
    this.console = console;
    this.heard = heard;
    setFormatter(new Lines());
  }

  /**
   * Puts this in the place of whatever handled the JDK's logging.
   *
   * @param console prints a line
   * @param heard from which level on messages of our own loggers are printed there
   * @return the log, to be closed by the caller
   */
  public static RunLog install(Consumer<String> console, Level heard) {
    var log = new RunLog(console, heard);
    LogManager.getLogManager().reset();
    Logger.getLogger("").addHandler(log);
    return log;
  }

  /**
   * Writes to the file of a run from now on, what was said before included.
   *
   * @param files the run
   * @throws dev.gradus.UserException if the file cannot be written
   */
  public synchronized void writeTo(RunFiles files) {
    try {
      writer =
          Files.newBufferedWriter(
              files.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      waiting.forEach(this::write);
      waiting.clear();
    } catch (IOException failure) {
      throw Disk.cannotWrite(files.log(), failure);
    }
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    var line = getFormatter().format(record);
    if (writer == null) {
      waiting.add(line);
    } else {
      write(line);
    }
    if (record.getLevel().intValue() >= heard.intValue() && isOurs(record)) {
      print(getFormatter().formatMessage(record));
    }
  }

  private void print(String sentence) {
    if (printed.add(sentence)) {
      console.accept(sentence);
    }
  }

  private static boolean isOurs(LogRecord record) {
    return record.getLoggerName() != null && record.getLoggerName().startsWith(OURS);
  }

  private void write(String line) {
    try {
      if (writer != null) {
        writer.write(line);
        writer.flush();
      }
    } catch (IOException failure) {
      reportError("log.txt", failure, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    Logger.getLogger("").removeHandler(this);
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } catch (IOException failure) {
      reportError("log.txt", failure, ErrorManager.CLOSE_FAILURE);
    }
  }

  /** Time, level and message; a failure's stack trace below. */
  private static final class Lines extends Formatter {
    @Override
    public String format(LogRecord record) {
      var line =
          "%s %-7s %s%n".formatted(record.getInstant(), record.getLevel(), formatMessage(record));
      return record.getThrown() == null ? line : line + trace(record.getThrown());
    }

    private static String trace(Throwable thrown) {
      var text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }
}
