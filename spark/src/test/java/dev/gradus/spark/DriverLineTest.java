package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DriverLineTest {
  private static final int TRIES = 200;

  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @Test
  void tellsTheDriverHearsTheAnswerAndLeavesNoThread() throws InterruptedException {
    var before = Thread.getAllStackTraces().keySet();
    var job = UUID.randomUUID();
    try (var desk = new DriverDesk(job, () -> true)) {
      try (var line = DriverLine.to(desk.address(), job, Duration.ofSeconds(10))) {
        line.tell(new Report.Refused("It can't train."));
        assertThat(line.stopWanted()).isTrue();
      }
      assertThat(desk.next(Duration.ofSeconds(1))).isEqualTo(new Report.Refused("It can't train."));
    }
    for (int i = 0; i < TRIES && callers(before) > 0; i++) {
      Processes.sleep(Duration.ofMillis(50));
    }
    assertThat(callers(before)).isZero();
  }

  private static long callers(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("rpc-client"))
        .count();
  }
}
