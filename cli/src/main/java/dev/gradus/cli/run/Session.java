package dev.gradus.cli.run;

import java.util.Map;

/**
 * One start of a run.
 *
 * @param started when, in UTC, as ISO 8601 writes it
 * @param fromStep the steps taken before it
 * @param build which Gradus
 * @param machine on what
 * @param jdk version and vendor of the Java runtime
 * @param vectorLanes how many floats a vector instruction takes; 1 without the vector module
 * @param libraries versions by name
 * @param threads how many threads by what they do
 */
public record Session(
    String started,
    long fromStep,
    Build build,
    Machine machine,
    String jdk,
    int vectorLanes,
    Map<String, String> libraries,
    Map<String, Integer> threads) {
  /** Copies the maps. */
  public Session {
    libraries = Map.copyOf(libraries);
    threads = Map.copyOf(threads);
  }
}
