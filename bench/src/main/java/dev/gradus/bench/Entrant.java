package dev.gradus.bench;

import dev.gradus.equation.Format;
import java.util.List;
import java.util.Set;

/**
 * What is to be measured.
 *
 * @param work {@value #HAND_WRITTEN}, {@value #STREAMING}, {@value #LIBTORCH}, {@value #DJL} or a
 *     pipeline
 * @param threads how many threads share it
 * @param checkFinite whether gradients are checked before anything is touched
 * @param measured whether every step reports on every tensor
 * @param format how weights and gradients lie in memory
 */
record Entrant(String work, int threads, boolean checkFinite, boolean measured, Format format) {
  static final String HAND_WRITTEN = "AdamW by hand";
  static final String STREAMING = "only moving AdamW's bytes";
  static final String LIBTORCH = "libtorch's fused AdamW";
  static final String DJL = "DJL's AdamW";

  private static final Set<String> ALL_ADAMW = Set.of(HAND_WRITTEN, STREAMING, LIBTORCH, DJL);

  static Entrant of(String work, int threads) {
    return new Entrant(work, threads, false, false, Format.FLOAT32);
  }

  Entrant checked() {
    return new Entrant(work, threads, true, measured, format);
  }

  /** The same with norms reported for every tensor in every step. */
  Entrant withReports() {
    return new Entrant(work, threads, checkFinite, true, format);
  }

  /** The same with weights and gradients in another format. */
  Entrant in(Format other) {
    return new Entrant(work, threads, checkFinite, measured, other);
  }

  /** The pipeline whose bytes it moves. */
  String pipeline() {
    return ALL_ADAMW.contains(work) ? "adamw" : work;
  }

  String name() {
    return work
        + (threads == 1 ? ", 1 thread" : ", " + threads + " threads")
        + (checkFinite ? ", gradients checked" : "")
        + (measured ? ", measured" : "")
        + (format == Format.FLOAT32 ? "" : ", " + format);
  }

  /** As arguments of a command. */
  List<String> arguments() {
    return List.of(
        work,
        Integer.toString(threads),
        Boolean.toString(checkFinite),
        Boolean.toString(measured),
        format.name());
  }

  static Entrant of(List<String> arguments) {
    return new Entrant(
        arguments.get(0),
        Integer.parseInt(arguments.get(1)),
        Boolean.parseBoolean(arguments.get(2)),
        Boolean.parseBoolean(arguments.get(3)),
        Format.valueOf(arguments.get(4)));
  }
}
