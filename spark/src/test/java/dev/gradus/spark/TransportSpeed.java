package dev.gradus.spark;

import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.Membership;
import dev.gradus.exchange.Transport;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import scala.Option;

/**
 * Prints how long two workers, a process each, need over loopback: packs of several sizes to each
 * other, and the sum of 100 MB of floats. With the path of the program {@code sockets.c} the latter
 * is set against plain sockets, taking turns. The properties {@code rounds}, {@code packs} (of each
 * size in a round) and {@code sum} (bytes) change what is measured, on both workers alike.
 */
final class TransportSpeed {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int SUM_BYTES = Integer.getInteger("sum", 100_000_000);
  private static final int[] PACKS = {1_000, 10_000, 60_000, 200_000};
  private static final int ROUNDS = Integer.getInteger("rounds", 21);
  private static final int PACKS_A_ROUND = Integer.getInteger("packs", 200);
  private static final UUID JOB = new UUID(1, 2);

  private final Collectives collectives;
  private final List<List<Double>> packs = new ArrayList<>();
  private final List<Double> sums = new ArrayList<>();
  private final List<Double> sockets = new ArrayList<>();

  private TransportSpeed(Transport transport) {
    collectives = new Collectives(transport);
    Arrays.stream(PACKS).forEach(_ -> packs.add(new ArrayList<>()));
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    switch (words.length == 3 ? words[0] : "") {
      case "--listen" -> listen(words[1], Path.of(words[2]));
      case "--call" -> call(words[1], words[2]);
      default -> onLoopback(words.length > 0 ? words[0] : "");
    }
  }

  /** Worker 0 of two on different machines; its address is written to a file. */
  private static void listen(String host, Path file) throws IOException, InterruptedException {
    var wire = wire(0, host);
    Files.writeString(file, wire.address());
    try (var transport = wire.connect(List.of("", "the other machine"))) {
      new TransportSpeed(transport).measureAndPrint("");
    }
  }

  private static void call(String host, String address) throws IOException, InterruptedException {
    try (var transport = wire(1, host).connect(List.of(address, ""))) {
      new TransportSpeed(transport).measure("");
    }
  }

  private static void onLoopback(String sockets) throws IOException, InterruptedException {
    var wire = wire(0, LOOPBACK);
    var other = other(wire.address());
    try (var transport = wire.connect(List.of("", "the other process"))) {
      new TransportSpeed(transport).measureAndPrint(sockets);
    }
    other.waitFor();
  }

  private static SparkWire wire(int rank, String host) {
    var configuration = new SparkConf();
    var defaults = SecurityManager.$lessinit$greater$default$3();
    var security = new SecurityManager(configuration, Option.empty(), defaults);
    var membership = new Membership(rank, 2, JOB, Duration.ofSeconds(60));
    return new SparkWire(configuration, security, host, membership);
  }

  private static Process other(String address) throws IOException {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TransportSpeed.class.getName(), "--call", LOOPBACK, address));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private void measureAndPrint(String program) throws IOException, InterruptedException {
    measure(program);
    print();
  }

  private void measure(String program) throws IOException, InterruptedException {
    var floats = Arena.ofAuto().allocate(SUM_BYTES);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < PACKS.length; i++) {
        gather(floats.asSlice(0, PACKS[i]), packs.get(i));
      }
      sums.add(milliseconds(() -> collectives.sum(floats)));
      if (!program.isEmpty()) {
        sockets.add(socketsOf(program));
      }
    }
  }

  /** One exchange after the other: the mean of a round. */
  private void gather(MemorySegment pack, List<Double> times) {
    Runnable round =
        () -> IntStream.range(0, PACKS_A_ROUND).forEach(_ -> collectives.allGather(pack));
    times.add(milliseconds(round) / PACKS_A_ROUND);
  }

  private double milliseconds(Runnable exchange) {
    collectives.barrier();
    long start = System.nanoTime();
    exchange.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double socketsOf(String program) throws IOException, InterruptedException {
    var process = new ProcessBuilder(program, Integer.toString(SUM_BYTES), "3").start();
    try (var lines = process.inputReader()) {
      double time = median(lines.lines().map(Double::valueOf).toList());
      process.waitFor();
      return time;
    }
  }

  /** Of the later half, when everything is compiled. */
  private static double warmMedian(List<Double> times) {
    return median(times.subList(times.size() / 2, times.size()));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private void print() {
    for (int i = 0; i < PACKS.length; i++) {
      System.out.printf("packs of %d bytes: %.3f ms%n", PACKS[i], warmMedian(packs.get(i)));
    }
    System.out.printf("sum of %d bytes: %.1f ms%n", SUM_BYTES, warmMedian(sums));
    if (!sockets.isEmpty()) {
      double share = warmMedian(sockets) / warmMedian(sums);
      System.out.printf(
          "plain sockets: %.1f ms; %.0f %% of their speed%n", warmMedian(sockets), 100 * share);
    }
  }
}
