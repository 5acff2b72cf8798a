package dev.gradus.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.equation.Shape;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packs against recorded ones: the same elements, signs, scales and residues, in every step. */
class AdaCompTraceTest {
  private final Arena arena = Arena.ofAuto();
  private final Map<String, MemorySegment> residues = new HashMap<>();

  @ParameterizedTest
  @CsvSource({"adacomp-bin-50, true", "adacomp-bin-500, true", "adacomp-bin-500, false"})
  void sendsWhatTheTraceSends(String name, boolean gaps) throws IOException {
    var trace =
        new ObjectMapper().readTree(Path.of("src/test/resources/golden", name + ".json").toFile());
    int bin = trace.at("/options/binLength").asInt();
    double factor = trace.at("/options/scaleFactor").asDouble();
    long number = 0;
    for (JsonNode step : trace.get("steps")) {
      for (JsonNode tensor : trace.get("tensors")) {
        var packing = new AdaComp(bin, bin, factor, gaps).of(Shape.of(tensor.get("size").asLong()));
        requireStep(packing, number, step, tensor);
      }
      number++;
    }
    assertThat(number).isEqualTo(6);
  }

  private void requireStep(Packing packing, long number, JsonNode step, JsonNode tensor) {
    String name = tensor.get("name").asText();
    long size = tensor.get("size").asLong();
    var sum = floats(size);
    int learner = 0;
    for (JsonNode learners : step.get("learners")) {
      JsonNode expected = learners.get(name);
      var residue = residues.computeIfAbsent(learner + name, _ -> floats(size));
      var pack = arena.allocate(packing.largestPack());
      var gradient = floats(expected.get("gradient"));
      long bytes = packing.pack(number, gradient, residue, pack);
      var alone = floats(size);
      packing.unpackAdd(pack.asSlice(0, bytes), alone);
      packing.unpackAdd(pack.asSlice(0, bytes), sum);
      requireSent(alone, expected);
      if (expected.has("residue")) {
        assertThat(doubles(residue)).containsExactly(doubles(expected.get("residue")), near());
      }
      learner++;
    }
    if (step.has("average")) {
      requireAverage(sum, learner, step.get("average").get(name));
    }
  }

  private static void requireSent(MemorySegment alone, JsonNode expected) {
    double scale = expected.get("scale").asDouble();
    var places = new ArrayList<Integer>();
    var signs = new ArrayList<Integer>();
    double[] values = doubles(alone);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        places.add(i);
        signs.add((int) Math.signum(values[i]));
        assertThat(Math.abs(values[i])).isCloseTo(scale, Offset.offset(1e-6 * scale));
      }
    }
    assertThat(places).isEqualTo(integers(expected.get("indices")));
    assertThat(signs).isEqualTo(integers(expected.get("signs")));
  }

  private static void requireAverage(MemorySegment sum, int learners, JsonNode expected) {
    var dense = new double[(int) sum.byteSize() / Float.BYTES];
    var places = integers(expected.get("indices"));
    for (int i = 0; i < places.size(); i++) {
      dense[places.get(i)] = expected.get("values").get(i).asDouble() * learners;
    }
    assertThat(doubles(sum)).containsExactly(dense, near());
  }

  private static Offset<Double> near() {
    return Offset.offset(2e-5);
  }

  private static List<Integer> integers(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false).map(JsonNode::asInt).toList();
  }

  private MemorySegment floats(long count) {
    return arena.allocate(count * Float.BYTES, 64);
  }

  private MemorySegment floats(JsonNode numbers) {
    var memory = floats(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      Floats.set(memory, i, (float) numbers.get(i).asDouble());
    }
    return memory;
  }

  private static double[] doubles(MemorySegment memory) {
    var numbers = new double[(int) (memory.byteSize() / Float.BYTES)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Floats.get(memory, i);
    }
    return numbers;
  }

  private static double[] doubles(JsonNode numbers) {
    return StreamSupport.stream(numbers.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
