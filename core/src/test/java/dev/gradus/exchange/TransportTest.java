package dev.gradus.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransportTest {
  private static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(UTF_8));
  }

  private static String text(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  @Test
  void messagesAreFoundByTagInWhateverOrder() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    team.get(0).send(1, 7, text("seven"));
    team.get(0).send(1, 3, text("three"));
    team.get(0).send(1, 5, text(""));
    assertThat(text(team.get(1).receive(0, 3))).isEqualTo("three");
    assertThat(text(team.get(1).receive(0, 5))).isEmpty();
    assertThat(text(team.get(1).receive(0, 7))).isEqualTo("seven");
  }

  @Test
  void sentMemoryMayBeUsedAgain() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var memory = MemorySegment.ofArray(new float[] {1, 2});
    team.get(0).send(1, 0, memory);
    memory.fill((byte) 0);
    assertThat(team.get(1).receive(0, 0).toArray(ValueLayout.JAVA_FLOAT)).containsExactly(1, 2);
  }

  @Test
  void aMessageIsReceivedIntoMemoryOfItsSize() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var into = MemorySegment.ofArray(new byte[5]);
    team.get(0).send(1, 1, text("hello"));
    team.get(1).receive(0, 1, into);
    assertThat(text(into)).isEqualTo("hello");
    team.get(0).send(1, 2, text("hell"));
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(1).receive(0, 2, into))
        .withMessage("Worker 0 sent 4 bytes as message 2, where 5 belong.");
  }

  @Test
  void theSilentWorkerIsNamedAfterTheDeadline() {
    var team = LocalTransport.team(3, Teamwork.SHORT);
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(0).receive(2, 9))
        .withMessageMatching(
            "Worker 2 is late: worker 0 has waited 0\\.3\\d\\d s for message 9 of worker 2\\.")
        .satisfies(loss -> assertThat(loss.rank()).isEqualTo(2));
  }

  @Test
  void allNameTheWorkerThatTheFirstHasLost() throws InterruptedException {
    var team = LocalTransport.team(3, Duration.ofSeconds(1));
    var first = Teamwork.start(() -> team.get(0).receive(2, 9));
    TimeUnit.MILLISECONDS.sleep(300);
    var other = Teamwork.start(() -> team.get(1).receive(0, 1));
    assertThat(Teamwork.failure(first)).hasMessageStartingWith("Worker 2 is late");
    assertThat(Teamwork.failure(other))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageStartingWith("Worker 2 is late: worker 0 has waited")
        .hasMessageContaining("It happened in a wait of")
        .hasMessageEndingWith("for message 1 of worker 0.");
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(1).send(0, 1, text("")))
        .withMessageStartingWith("Worker 2 is late");
  }

  @Test
  void aLostConnectionEndsWaitsAtOnce() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var waiting = Teamwork.start(() -> team.get(0).receive(1, 4));
    var transport = (FramedTransport) team.getFirst();
    Teamwork.soon(() -> transport.lost(1, "its connection was closed"));
    assertThat(Teamwork.failure(waiting))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageStartingWith("Worker 1 is lost: its connection was closed. It happened in a");
  }

  @Test
  void aWorkerThatHasLeftIsNotWaitedFor() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    team.get(1).send(0, 1, text("last"));
    team.get(1).close();
    ((FramedTransport) team.get(0)).lost(1, "its connection was closed");
    assertThat(text(team.get(0).receive(1, 1))).isEqualTo("last");
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(() -> team.get(0).receive(1, 2))
        .withMessageMatching(
            "Worker 1 has left; worker 0 has waited \\S+ s for message 2 of worker 1\\.");
  }

  @Test
  void closingEndsOwnWaits() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var waiting = Teamwork.start(() -> team.get(0).receive(1, 4));
    Teamwork.soon(team.get(0)::close);
    assertThat(Teamwork.failure(waiting)).isInstanceOf(IllegalStateException.class);
    assertThatIllegalStateException().isThrownBy(() -> team.get(0).send(1, 0, text("")));
  }

  @Test
  void anInterruptedWaitIsCancelled() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> team.get(0).receive(1, 4))
        .withMessage("The wait for message 4 of worker 1 was interrupted.");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aSenderThatIsTooFarAheadWaits() {
    var team = LocalTransport.team(2, Teamwork.SHORT);
    var block = MemorySegment.ofArray(new byte[1 << 20]);
    assertThatExceptionOfType(LostWorkerException.class)
        .isThrownBy(
            () -> {
              for (int tag = 0; tag < 100; tag++) {
                team.get(0).send(1, tag, block);
              }
            })
        .withMessageMatching(
            "Worker 1 is late: worker 0 has waited \\S+ s for worker 1 to make room for message"
                + " 63\\.");
  }

  @Test
  void aSenderGoesOnAsItsMessagesAreTaken() {
    var team = LocalTransport.team(2, Teamwork.LONG);
    var block = MemorySegment.ofArray(new byte[1 << 20]);
    var sending =
        Teamwork.start(
            () -> {
              for (int tag = 0; tag < 300; tag++) {
                team.get(0).send(1, tag, block);
              }
              team.get(0).send(1, 300, MemorySegment.ofArray(new byte[100 << 20]));
              return true;
            });
    for (int tag = 0; tag < 300; tag++) {
      assertThat(team.get(1).receive(0, tag).byteSize()).isEqualTo(1 << 20);
    }
    assertThat(team.get(1).receive(0, 300).byteSize()).isEqualTo(100 << 20);
    assertThat(sending).succeedsWithin(Teamwork.LONG);
  }

  /** Workers 1 and 2 both wait for 3 and so are late for others, but still beat. */
  @Test
  void aWorkerThatOnlyWaitsItselfIsNotBlamed() throws InterruptedException {
    var team = LocalTransport.team(3, Duration.ofMillis(400));
    for (var transport : team) {
      ((FramedTransport) transport).beat();
    }
    var waiting = Teamwork.start(() -> team.get(0).receive(1, 4));
    for (int i = 0; i < 5; i++) {
      TimeUnit.MILLISECONDS.sleep(50);
      ((FramedTransport) team.get(1)).beat();
    }
    assertThat(Teamwork.failure(waiting))
        .isInstanceOf(LostWorkerException.class)
        .hasMessageMatching(
            "Worker 2 has been silent for \\S+ s, while worker 0 waited \\S+ s for message 4 of"
                + " worker 1\\.");
  }

  @Test
  void impossibleWorkersSizesAndTeamsAreRefused() {
    var transport = LocalTransport.team(2, Teamwork.LONG).getFirst();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.send(0, 0, text("")))
        .withMessage("Worker 0 of 2 can exchange no message with worker 0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport.receive(2, 0))
        .withMessage("Worker 0 of 2 can exchange no message with worker 2.");
    var token = UUID.randomUUID();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Membership(2, 2, token, Teamwork.LONG))
        .withMessage("Rank 2 is not in a team of 2 workers.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Membership(0, 2, token, Duration.ZERO))
        .withMessage("A deadline of PT0S leaves no time to wait.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Membership(0, 2, token, Teamwork.LONG, 100, 1000))
        .withMessageContaining("is too small");
    var small = new Membership(0, 2, token, Teamwork.LONG, 100, 64 << 20);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FramedTransport(small, (_, _, _) -> {})
                    .send(1, 0, MemorySegment.ofArray(new byte[101])))
        .withMessage("A message of 101 bytes is larger than the 100 that the team has agreed on.");
  }
}
