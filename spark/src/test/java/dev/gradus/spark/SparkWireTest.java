package dev.gradus.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Membership;
import dev.gradus.exchange.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.util.NettyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import scala.Option;

/** Workers in one process, connected as those of a cluster are. */
class SparkWireTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration NOTICEABLE = Duration.ofMillis(2);
  private static final String HOST = "127.0.0.1";
  private static final String TEXT = "Sphinx of black quartz, judge my vow";

  @TempDir private static Path folder;
  private final List<SparkWire> wires = new ArrayList<>();
  private final UUID job = UUID.randomUUID();

  /** How a cluster can be secured. */
  enum Security {
    NONE,
    SECRET,
    SECRET_AND_AES,
    TLS
  }

  private static SparkConf configuration(Security security) {
    var configuration = new SparkConf(false).set("spark.app.id", "test");
    switch (security) {
      case NONE -> {}
      case SECRET -> secret(configuration);
      case SECRET_AND_AES -> secret(configuration).set("spark.network.crypto.enabled", "true");
      case TLS -> KeyStores.addTo(secret(configuration), folder);
    }
    return configuration;
  }

  private static SparkConf secret(SparkConf configuration) {
    return configuration
        .set("spark.authenticate", "true")
        .set("spark.authenticate.secret", "open sesame");
  }

  private SparkWire wire(SparkConf configuration, Membership membership) {
    var security =
        new SecurityManager(
            configuration, Option.empty(), SecurityManager.$lessinit$greater$default$3());
    var wire = new SparkWire(configuration, security, HOST, membership);
    wires.add(wire);
    return wire;
  }

  private SparkWire wire(SparkConf configuration, int rank, int workers) {
    return wire(configuration, new Membership(rank, workers, job, LONG));
  }

  @AfterEach
  void close() {
    wires.forEach(SparkWire::close);
  }

  private static <T> List<T> run(int workers, Function<Integer, T> work) {
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      var parts =
          IntStream.range(0, workers)
              .mapToObj(rank -> CompletableFuture.supplyAsync(() -> work.apply(rank), threads))
              .toList();
      return parts.stream().map(CompletableFuture::join).toList();
    }
  }

  private List<Transport> team(SparkConf configuration, int workers) {
    return team(configuration, workers, LONG);
  }

  private List<Transport> team(SparkConf configuration, int workers, Duration deadline) {
    var team =
        IntStream.range(0, workers)
            .mapToObj(i -> wire(configuration, new Membership(i, workers, job, deadline)))
            .toList();
    var addresses = team.stream().map(SparkWire::address).toList();
    return run(workers, rank -> team.get(rank).connect(addresses));
  }

  private static MemorySegment floats(int rank, int count) {
    var numbers = new Random(rank);
    var floats = Arena.ofAuto().allocate(4L * count);
    for (int i = 0; i < count; i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) numbers.nextGaussian());
    }
    return floats;
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageArrivesHoweverTheClusterIsSecured(Security security) {
    var team = team(configuration(security), 3);
    var sums =
        run(
            3,
            rank -> {
              var collectives = new Collectives(team.get(rank));
              var mine = floats(rank, 500_000);
              var all = collectives.allGather(mine.asSlice(0, 1_000_003));
              assertThat(all.get(2).mismatch(floats(2, 500_000).asSlice(0, 1_000_003)))
                  .isEqualTo(-1);
              collectives.sum(mine);
              return mine.toArray(ValueLayout.JAVA_FLOAT);
            });
    for (int i = 0; i < 500_000; i += 99_999) {
      float sum = 0;
      for (int rank = 0; rank < 3; rank++) {
        sum += floats(rank, i + 1).getAtIndex(ValueLayout.JAVA_FLOAT, i);
      }
      assertThat(sums.get(0)[i]).isEqualTo(sum);
    }
    assertThat(sums.get(1)).isEqualTo(sums.get(0));
    assertThat(sums.get(2)).isEqualTo(sums.get(0));
  }

  /** What a listener between two workers sees. */
  private boolean isReadable(Security security) throws IOException {
    var team = IntStream.range(0, 2).mapToObj(i -> wire(configuration(security), i, 2)).toList();
    try (var eavesdropper = new Eavesdropper(team.get(0).address())) {
      var addresses = List.of(eavesdropper.address(), team.get(1).address());
      var transports = run(2, rank -> team.get(rank).connect(addresses));
      byte[] text = TEXT.getBytes(UTF_8);
      transports.get(1).send(0, 0, MemorySegment.ofArray(text));
      assertThat(transports.get(0).receive(1, 0).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(text);
      return eavesdropper.heard().contains(TEXT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyAClusterWithoutEncryptionSendsWhatOthersCanRead(Security security) throws IOException {
    boolean encrypted = security == Security.SECRET_AND_AES || security == Security.TLS;
    assertThat(isReadable(security)).isEqualTo(!encrypted);
  }

  @ParameterizedTest
  @EnumSource(names = {"SECRET", "SECRET_AND_AES", "TLS"})
  void aWrongSecretIsRefused(Security security) {
    var wrong = configuration(security).set("spark.authenticate.secret", "open barley");
    assertRefused(wire(configuration(security), 0, 2), wire(wrong, 1, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"SECRET", "SECRET_AND_AES", "TLS"})
  void aCallWithoutSecurityIsRefused(Security security) {
    assertRefused(wire(configuration(security), 0, 2), wire(configuration(Security.NONE), 1, 2));
  }

  private static void assertRefused(SparkWire listener, SparkWire caller) {
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> caller.connect(List.of(listener.address(), caller.address())))
        .withMessageStartingWith("Worker 0 can't be reached at " + listener.address() + ": ")
        .withMessageEndingWith("(have all workers the same secret and the same settings?).");
  }

  @Test
  void anotherJobIsRefusedAndDoesNoHarm() {
    var plain = configuration(Security.NONE);
    var team = IntStream.range(0, 2).mapToObj(i -> wire(plain, i, 2)).toList();
    var stranger = wire(plain, new Membership(1, 2, UUID.randomUUID(), LONG));
    var addresses = team.stream().map(SparkWire::address).toList();
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> stranger.connect(addresses))
        .withMessageEndingWith(": it refuses worker 1: it belongs to another job.");
    var transports = run(2, rank -> team.get(rank).connect(addresses));
    transports.get(0).send(1, 0, MemorySegment.NULL);
    assertThat(transports.get(1).receive(0, 0).byteSize()).isZero();
  }

  /**
   * The message comes behind the first beat of the heart and the next is far, so nothing is on its
   * way that could fail to be sent.
   */
  @Test
  void aLostConnectionIsSeenAtOnce() throws InterruptedException {
    var team = team(configuration(Security.NONE), 2, Duration.ofMinutes(3));
    team.get(0).send(1, 0, floats(0, 1));
    assertThat(team.get(1).receive(0, 0).byteSize()).isEqualTo(4);
    var waiting = Thread.currentThread();
    var closing = Thread.ofPlatform().start(() -> closeInAWaitOf(waiting));
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(0).receive(1, 0))
        .withMessageMatching(
            "Worker 1 is lost: its connection was closed\\."
                + " It happened in a wait of \\S+ s for message 0 of worker 1\\.");
    closing.join();
  }

  /** Closes worker 1 when a thread has waited so long that one would notice. */
  private void closeInAWaitOf(Thread thread) {
    long end = System.nanoTime() + LONG.toNanos();
    while (thread.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    long noticed = System.nanoTime() + NOTICEABLE.toNanos();
    while (System.nanoTime() < noticed) {
      Thread.onSpinWait();
    }
    wires.get(1).close();
  }

  @Test
  void aWorkerThatLeavesInOrderIsNotLost() {
    var team = team(configuration(Security.NONE), 2);
    team.get(1).send(0, 0, floats(1, 100_000));
    team.get(1).close();
    assertThat(team.get(0).receive(1, 0).byteSize()).isEqualTo(400_000);
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(0).receive(1, 1))
        .withMessageStartingWith("Worker 1 has left; worker 0 has waited");
  }

  @ParameterizedTest
  @EnumSource
  void noMemoryIsKeptOfMessagesThatCantBeSent(Security security) throws InterruptedException {
    long before = pinned();
    var team = team(configuration(security), 2);
    var payloads = List.of(floats(0, 5_000), floats(0, 5_000_000));
    for (int tag = 0; tag < payloads.size(); tag++) {
      team.get(0).send(1, tag, payloads.get(tag));
    }
    wires.get(1).close();
    for (int time = 0; time < 50; time++) {
      payloads.forEach(each -> wires.get(0).write(1, MemorySegment.ofArray(new byte[48]), each));
    }
    for (int wait = 0; wait < 100 && pinned() > before + 1_000_000; wait++) {
      Thread.sleep(100);
    }
    assertThat(pinned()).isLessThan(before + 1_000_000);
  }

  /** The bytes of Netty's buffers that are in use in this process. */
  private static long pinned() {
    return Stream.of(true, false)
        .mapToLong(
            cached -> NettyUtils.getSharedPooledByteBufAllocator(true, cached).pinnedDirectMemory())
        .sum();
  }

  @Test
  void nonsenseOnThePortDoesNoHarm() throws IOException {
    var team = team(configuration(Security.NONE), 2);
    String address = wires.get(1).address();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(new byte[] {0, 0, 0, 0, 0, 0, 0, 30, 9, 1, 2, 3, 4, 5, 6});
      socket.getOutputStream().write(new byte[1000]);
    }
    team.get(0).send(1, 0, floats(0, 100));
    assertThat(team.get(1).receive(0, 0).byteSize()).isEqualTo(400);
  }

  @Test
  void aWorkerThatDoesNotCallIsNamed() {
    var membership = new Membership(0, 3, job, Duration.ofMillis(300));
    var listener = wire(configuration(Security.NONE), membership);
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> listener.connect(List.of(listener.address(), "host:1", "host:2")))
        .withMessage("Worker 1 at host:1 has not called worker 0 for PT0.3S.");
  }

  @Test
  void nobodyThereIsASentence() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var wire = wire(configuration(Security.NONE), 1, 2);
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> wire.connect(List.of(HOST + ":" + port, wire.address())))
        .withMessageStartingWith("Worker 0 can't be reached at 127.0.0.1:" + port)
        .withMessageContaining("refused");
  }
}
