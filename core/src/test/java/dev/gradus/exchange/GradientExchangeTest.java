package dev.gradus.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Parameter;
import dev.gradus.ParameterType;
import dev.gradus.compress.AdaComp;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.engine.Tensors;
import dev.gradus.equation.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientExchangeTest {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final List<Parameter> NETWORK =
      List.of(
          parameter("convolution", 16, 8, 3, 3),
          parameter("bias", 16),
          parameter("large", 300, 256),
          parameter("unused", 40),
          parameter("output", 10, 120));
  private static final int UNUSED = 3;

  private static Parameter parameter(String name, long... sizes) {
    var type = sizes.length == 1 ? ParameterType.BIAS : ParameterType.WEIGHT;
    return new Parameter(name, new Shape(Arrays.stream(sizes).boxed().toList()), type);
  }

  /** Random gradients of a worker; one tensor has none. */
  private record Gradients(List<@Nullable MemorySegment> memory) implements Tensors {
    static Gradients of(int rank) {
      var random = new Random(rank);
      var memory = new ArrayList<@Nullable MemorySegment>();
      for (int index = 0; index < NETWORK.size(); index++) {
        memory.add(index == UNUSED ? null : random(NETWORK.get(index), random));
      }
      return new Gradients(memory);
    }

    private static MemorySegment random(Parameter parameter, Random random) {
      int size = Math.toIntExact(parameter.shape().size());
      float[] values = new float[size];
      IntStream.range(0, size).forEach(i -> values[i] = (float) random.nextGaussian());
      return Arena.ofAuto().allocateFrom(FLOAT, values);
    }

    @Override
    public MemorySegment weight(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable MemorySegment gradient(int index) {
      return memory.get(index);
    }
  }

  /** Counts what a worker sends. */
  private record Counted(Transport transport, AtomicLong bytes) implements Transport {
    @Override
    public int rank() {
      return transport.rank();
    }

    @Override
    public int workers() {
      return transport.workers();
    }

    @Override
    public void send(int to, long tag, MemorySegment message) {
      bytes.addAndGet(message.byteSize());
      transport.send(to, tag, message);
    }

    @Override
    public MemorySegment receive(int from, long tag) {
      return transport.receive(from, tag);
    }

    @Override
    public void close() {
      transport.close();
    }
  }

  private static GradientExchange exchange(
      List<Parameter> network, Compressor compressor, Transport transport) {
    return new GradientExchange(
        network, compressor, transport, new Collectives(transport), Arena.ofAuto());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyoneGetsTheMeanInTheOrderOfRanks(int workers) {
    var averages =
        Teamwork.run(
            LocalTransport.team(workers, Teamwork.LONG),
            transport -> {
              var gradients = Gradients.of(transport.rank());
              exchange(NETWORK, new Dense(), transport).average(0, gradients);
              return gradients;
            });
    for (int index = 0; index < NETWORK.size(); index++) {
      if (index != UNUSED) {
        float[] mean = mean(index, workers);
        for (var average : averages) {
          assertThat(average.memory().get(index).toArray(FLOAT)).isEqualTo(mean);
        }
      }
    }
  }

  private static float[] mean(int index, int workers) {
    var all = IntStream.range(0, workers).mapToObj(Gradients::of).toList();
    float[] sum = all.getFirst().memory().get(index).toArray(FLOAT);
    for (int rank = 1; rank < workers; rank++) {
      float[] other = all.get(rank).memory().get(index).toArray(FLOAT);
      IntStream.range(0, sum.length).forEach(i -> sum[i] += other[i]);
    }
    IntStream.range(0, sum.length).forEach(i -> sum[i] /= workers);
    return sum;
  }

  static Stream<Compressor> compressors() {
    return Stream.of(new Dense(), new AdaComp());
  }

  @ParameterizedTest
  @MethodSource("compressors")
  void trafficIsWhatLeavesAWorker(Compressor compressor) {
    var counts =
        Teamwork.run(
            LocalTransport.team(3, Teamwork.LONG),
            transport -> {
              var counted = new Counted(transport, new AtomicLong());
              var exchange = exchange(NETWORK, compressor, counted);
              var gradients = Gradients.of(transport.rank());
              exchange.average(0, gradients);
              exchange.average(1, gradients);
              return List.of(exchange.traffic().bytes(), counted.bytes().get());
            });
    assertThat(counts).allSatisfy(pair -> assertThat(pair.get(0)).isEqualTo(pair.get(1)));
  }

  /** However many workers: 2 (N-1)/N times the bytes, with small tensors, too. */
  @Test
  void aWorkerSendsItsGradientsLessThanTwice() {
    var traffic =
        Teamwork.run(
            LocalTransport.team(5, Teamwork.LONG),
            transport -> {
              var network =
                  IntStream.range(0, 9).mapToObj(i -> parameter("w" + i, 50, 40)).toList();
              var exchange = exchange(network, new Dense(), transport);
              exchange.average(0, new Same(network));
              return exchange.traffic();
            });
    assertThat(traffic.getFirst().bytesPerStep()).isEqualTo(9 * 2000 * 4 * 2 * 4 / 5);
    assertThat(traffic.getFirst().compression()).isEqualTo(1);
  }

  /** Ones. */
  private record Same(List<Parameter> network) implements Tensors {
    @Override
    public MemorySegment weight(int index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MemorySegment gradient(int index) {
      float[] ones = new float[Math.toIntExact(network.get(index).shape().size())];
      Arrays.fill(ones, 1);
      return Arena.ofAuto().allocateFrom(FLOAT, ones);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void packsOfAnotherNetworkAreRefusedInASentence(Compressor compressor, String sentence) {
    var team = LocalTransport.team(2, Teamwork.SHORT);
    var parts =
        Teamwork.start(
            team,
            transport -> {
              var network = List.of(parameter("weight", 100, transport.rank() == 0 ? 90 : 91));
              exchange(network, compressor, transport).average(0, new Same(network));
              return "averaged";
            });
    assertThat(Teamwork.failure(parts.getFirst()))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageStartingWith(sentence);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(new AdaComp(), "Worker 1 sent no pack of weight: "),
        Arguments.of(new Dense(), "Worker 1 sent 36400 bytes"));
  }
}
