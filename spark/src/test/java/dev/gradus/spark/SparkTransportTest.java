package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.exchange.LocalTransport;
import dev.gradus.exchange.LostWorkerException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Workers in executors of a cluster with a secret and AES. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SparkTransportTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(3);

  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @TempDir Path folder;
  private String fault;
  private String sentence;

  @BeforeEach
  void names() {
    fault = folder.resolve("fault").toString();
    sentence = folder.resolve("sentence").toString();
  }

  @Test
  void whatWorkersExchangeIsWhatThreadsWould() {
    var job = UUID.randomUUID();
    var spark =
        CLUSTER.run(
            context -> {
              try (var transport = SparkTransport.join(context, job, DEADLINE)) {
                return Exchanges.checksums(transport);
              }
            });
    var team = LocalTransport.team(LocalCluster.WORKERS, DEADLINE);
    var second = Thread.ofPlatform().start(() -> Exchanges.checksums(team.get(1)));
    var expected = Exchanges.checksums(team.get(0));
    assertThat(second).satisfies(Thread::join);
    assertThat(spark).containsOnly(expected);
  }

  @Test
  void aKilledWorkerIsNamedByTheOther() {
    var job = UUID.randomUUID();
    assertThatThrownBy(() -> runWithFault(job, "-KILL", DEADLINE)).isNotNull();
    assertThat(Processes.awaitText(sentence, DEADLINE)).startsWith("Worker 1 is lost: ");
  }

  @Test
  void aFrozenWorkerIsNamedAfterTheDeadline() throws Exception {
    var job = UUID.randomUUID();
    try {
      assertThatThrownBy(() -> runWithFault(job, "-STOP", SHORT))
          .hasMessageContaining("LostWorkerException: Worker 1 has been silent for ")
          .hasMessageContaining("for message 5 of worker 1.");
    } finally {
      Processes.signal("-KILL", Long.parseLong(Files.readString(Path.of(fault))));
    }
  }

  /** Worker 0 waits for a message of worker 1, which is sent a signal. */
  private List<String> runWithFault(UUID job, String signal, Duration deadline) {
    String pidFile = fault;
    String lossFile = sentence;
    return CLUSTER.run(
        context -> {
          try (var transport = SparkTransport.join(context, job, deadline)) {
            transport.send(1 - transport.rank(), 4, MemorySegment.NULL);
            transport.receive(1 - transport.rank(), 4);
            if (transport.rank() == 1) {
              Processes.write(pidFile, Long.toString(ProcessHandle.current().pid()));
              Processes.signal(signal, ProcessHandle.current().pid());
              Processes.sleep(DEADLINE);
            }
            var other = Long.parseLong(Processes.awaitText(pidFile, DEADLINE));
            Processes.awaitSignalled(other, DEADLINE);
            transport.receive(1, 5);
            return "";
          } catch (LostWorkerException e) {
            Processes.write(lossFile, e.getMessage());
            throw e;
          }
        });
  }
}
