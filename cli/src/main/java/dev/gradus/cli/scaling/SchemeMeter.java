package dev.gradus.cli.scaling;

import dev.gradus.Parameter;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Compressors;
import dev.gradus.compress.Dense;
import dev.gradus.compress.Packing;
import dev.gradus.equation.Shape;
import dev.gradus.scaling.Load;
import dev.gradus.scaling.Load.Manner;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Measures one scheme for all tensors of a network. */
final class SchemeMeter {
  private static final int TRIES = 20;
  private static final long LONG_WARM_UP = 250_000_000;
  private static final long SHORT_WARM_UP = 5_000_000;

  /** Behind so many tensors all code has been met. */
  private static final int DIFFERENT = 3;

  private final Compressor compressor;
  private final List<TensorMeter> meters = new ArrayList<>();

  SchemeMeter(Compressor compressor) {
    this.compressor = compressor;
  }

  Compressor compressor() {
    return compressor;
  }

  /** What measures another large weight. */
  TensorMeter meter(Shape shape, Arena arena) {
    long warmUp = meters.size() < DIFFERENT ? LONG_WARM_UP : SHORT_WARM_UP;
    var meter = new TensorMeter(compressor.of(shape), shape, arena, warmUp);
    meters.add(meter);
    return meter;
  }

  /** What every parameter comes to; the large weights are those measured, in the same order. */
  List<Load> loads(List<Parameter> parameters) {
    var measured = meters.iterator();
    return parameters.stream().map(p -> isLarge(p) ? load(p, measured.next()) : small(p)).toList();
  }

  private static boolean isLarge(Parameter parameter) {
    var asked = new boolean[1];
    Compressors.packing(
        shape -> {
          asked[0] = true;
          return new Dense().of(shape);
        },
        parameter);
    return asked[0];
  }

  /** What is not left to the scheme has the same size in every step, whatever its values. */
  private Load small(Parameter parameter) {
    Packing packing = Compressors.packing(compressor, parameter);
    try (var arena = Arena.ofShared()) {
      var meter = new TensorMeter(packing, parameter.shape(), arena, SHORT_WARM_UP);
      var zeros = arena.allocate(parameter.shape().size() * Float.BYTES, Long.BYTES);
      for (int i = 0; i < TRIES; i++) {
        meter.pack(i, zeros, true);
      }
      return load(parameter, meter);
    }
  }

  private Load load(Parameter parameter, TensorMeter meter) {
    long weights = parameter.shape().size();
    boolean summed = compressor instanceof Dense;
    return new Load(
        parameter.name(),
        weights,
        meter.bytes(),
        summed ? 0 : meter.packSeconds(),
        meter.unpackSeconds(),
        summed ? Manner.SUM : Manner.GATHER);
  }
}
