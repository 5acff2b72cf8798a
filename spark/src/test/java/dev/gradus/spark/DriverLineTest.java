package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.TrainingEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DriverLineTest {
  private static final int TRIES = 200;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @RegisterExtension static final LocalCluster CLUSTER = new LocalCluster();

  @Test
  void tellsTheDriverHearsTheAnswerAndLeavesNoThread() throws InterruptedException {
    var before = Thread.getAllStackTraces().keySet();
    var job = UUID.randomUUID();
    try (var desk = new DriverDesk(job, () -> true)) {
      try (var line = DriverLine.to(desk.address(), job, DEADLINE, Duration.ZERO)) {
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

  @Test
  void tellsStepsTogetherWithWhatMustBeHeard() throws InterruptedException {
    var job = UUID.randomUUID();
    var prepared = new Report.Prepared("2 shards");
    try (var desk = new DriverDesk(job, () -> false);
        var line = DriverLine.to(desk.address(), job, DEADLINE, Duration.ofHours(1))) {
      line.tell(step(0));
      line.tell(step(1));
      assertThat(desk.next(Duration.ofMillis(200))).isNull();
      line.tell(prepared);
      assertThat(List.of(heard(desk), heard(desk), heard(desk)))
          .containsExactly(step(0), step(1), prepared);
    }
  }

  @Test
  void tellsStepsTogetherBehindEachPause() throws InterruptedException {
    var job = UUID.randomUUID();
    var now = new AtomicLong();
    try (var desk = new DriverDesk(job, () -> false);
        var line = DriverLine.to(desk.address(), job, DEADLINE, Duration.ofNanos(9), now::get)) {
      line.tell(step(0));
      now.set(9);
      line.tell(step(1));
      assertThat(List.of(heard(desk), heard(desk))).containsExactly(step(0), step(1));
      now.set(17);
      line.tell(step(2));
      assertThat(desk.next(Duration.ofMillis(200))).isNull();
      now.set(18);
      line.tell(step(3));
      assertThat(List.of(heard(desk), heard(desk))).containsExactly(step(2), step(3));
    }
  }

  private static Report step(long number) {
    var elapsed = Duration.ofMillis(3 * number);
    return new Report.Happened(
        new TrainingEvent.StepDone(number, 0, 0.5, 100, Duration.ZERO, 0.1, Map.of(), elapsed));
  }

  private static Report heard(DriverDesk desk) throws InterruptedException {
    return Objects.requireNonNull(desk.next(DEADLINE));
  }

  private static long callers(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> thread.getName().startsWith("rpc-client"))
        .count();
  }
}
