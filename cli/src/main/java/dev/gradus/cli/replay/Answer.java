package dev.gradus.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gradus.UserException;
import dev.gradus.cli.run.Build;
import dev.gradus.equation.Pipeline;
import dev.gradus.trace.Clipped;
import dev.gradus.trace.Methods;
import dev.gradus.trace.Precision;
import dev.gradus.trace.RecordedSchedule;
import dev.gradus.trace.Replay;
import dev.gradus.trace.ReplayEngine;
import dev.gradus.trace.Snapshot;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A trace with Gradus's numbers in the places of the recorded ones. */
public final class Answer {
  private static final String SCHEDULE = "schedule-";

  private static final String INSTANCE_RATE = "instance-rate";

  private Answer() {}

  /**
   * Replays a trace.
   *
   * @param recorded the document, which is left as it is
   * @param instead the pipeline to use; when empty, the one that the trace's own method and options
   *     name
   * @param engine by which engine
   * @return a copy of the document with other numbers
   * @throws UserException naming the place of what is wrong with the trace
   */
  public static ObjectNode to(
      ObjectNode recorded, Optional<Pipeline> instead, ReplayEngine engine) {
    var reader = new TraceReader(recorded);
    if (reader.method().startsWith(SCHEDULE)) {
      return rates(recorded.deepCopy(), reader);
    }
    if (reader.method().equals(INSTANCE_RATE)) {
      requireNothingElse(instead, engine);
      return RecordedRates.answer(recorded);
    }
    if (instead.isEmpty()) {
      Methods.requireImplemented(reader.method());
    }
    Pipeline pipeline =
        instead.orElseGet(() -> Methods.pipeline(reader.method(), reader.options()));
    ObjectNode document = recorded.deepCopy();
    document.put("source", source(pipeline, engine));
    if (reader.has("steps")) {
      steps(document, reader, instead, engine);
    } else {
      clip(document, reader, instead, engine);
    }
    return document;
  }

  private static void requireNothingElse(Optional<Pipeline> instead, ReplayEngine engine) {
    if (instead.isPresent() || engine.precision() != Precision.DOUBLE) {
      throw new UserException(
          "Method 'instance-rate' is replayed in double precision with its own steps only; leave"
              + " --engine and --optimizer out.");
    }
  }

  private static String source(Pipeline pipeline, ReplayEngine engine) {
    return "gradus %s, %s precision: %s"
        .formatted(Build.current().version(), engine.precision().word(), pipeline);
  }

  private static ObjectNode rates(ObjectNode document, TraceReader reader) {
    var schedule = RecordedSchedule.of(reader.method(), reader.options());
    int count = document.withArray("values").size();
    var values = document.putArray("values");
    for (int step = 0; step < count; step++) {
      values.add(schedule.rate(step));
    }
    String source = "gradus %s: %s".formatted(Build.current().version(), schedule.schedule());
    return document.put("source", source);
  }

  private static void steps(
      ObjectNode document, TraceReader reader, Optional<Pipeline> instead, ReplayEngine engine) {
    try (var replay = new Replay(reader.trace(), instead, engine)) {
      document
          .withArray("steps")
          .forEach(
              step -> {
                Snapshot after = replay.next();
                var changed = (ObjectNode) step;
                changed.remove("notes");
                changed.set("weights", node(after.weights()));
                changed.set("state", node(after.states()));
              });
    }
  }

  private static void clip(
      ObjectNode document, TraceReader reader, Optional<Pipeline> instead, ReplayEngine engine) {
    var clipped =
        Clipped.of(
            reader.method(),
            reader.options(),
            reader.tensors(),
            reader.gradients(),
            instead,
            engine);
    document.remove("totalNorm");
    document.remove("clipped");
    clipped.totalNorm().ifPresent(norm -> document.put("totalNorm", norm));
    document.set("clipped", node(clipped.gradients()));
  }

  private static ObjectNode node(SequencedMap<String, double[]> arrays) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, double[]> entry : arrays.entrySet()) {
      var values = node.putArray(entry.getKey());
      for (double value : entry.getValue()) {
        values.add(value);
      }
    }
    return node;
  }
}
