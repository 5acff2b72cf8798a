package dev.gradus.cli.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * In what surroundings a run was computed: the content of {@code environment.json}.
 *
 * @param format the version of the folder's format
 * @param sessions every start of the run, the first and each that went on with it
 */
public record Environment(int format, List<Session> sessions) {
  /** Copies the list. */
  public Environment {
    sessions = List.copyOf(sessions);
  }

  /**
   * Reads a run's environment.
   *
   * @param files the run
   * @return its sessions; none if the file is missing
   * @throws dev.gradus.UserException if the file is unreadable, damaged or of a newer format
   */
  public static Environment read(RunFiles files) {
    Path file = files.environment();
    if (!Files.exists(file)) {
      return new Environment(RunFiles.FORMAT, List.of());
    }
    var environment = Json.read(file, Environment.class);
    RunFiles.requireFormat(file, Integer.toString(environment.format()));
    return environment;
  }

  /**
   * Adds a session to a run's file.
   *
   * @param files the run
   * @param session what begins now
   * @throws dev.gradus.UserException if the file cannot be read or written
   */
  public static void append(RunFiles files, Session session) {
    var sessions = new ArrayList<>(read(files).sessions());
    sessions.add(session);
    Json.write(files.environment(), new Environment(RunFiles.FORMAT, sessions));
  }
}
