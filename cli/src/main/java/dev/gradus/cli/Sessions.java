package dev.gradus.cli;

import ai.djl.engine.Engine;
import dev.gradus.cli.run.Build;
import dev.gradus.cli.run.Machine;
import dev.gradus.cli.run.Session;
import dev.gradus.cli.run.VectorLanes;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;

/** Describes the session that begins now. */
final class Sessions {
  private Sessions() {}

  /** A description that waits for the number of steps before the session. */
  static LongFunction<Session> with(StepArguments arguments) {
    return step ->
        new Session(
            Instant.now().toString(),
            step,
            Build.current(),
            Machine.current(),
            Build.jdk(),
            VectorLanes.current(),
            libraries(),
            arguments.threads());
  }

  private static Map<String, String> libraries() {
    var engine = Engine.getInstance();
    return Map.of(
        "djl",
        Engine.getDjlVersion(),
        engine.getEngineName().toLowerCase(java.util.Locale.ROOT),
        engine.getVersion());
  }
}
