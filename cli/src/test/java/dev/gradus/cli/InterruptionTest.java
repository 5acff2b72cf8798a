package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final ArrayList<Integer> halted = new ArrayList<>();
  private final StringWriter err = new StringWriter();
  private final Interruption interruption =
      new Interruption(
          new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false),
          halted::add);

  @Test
  void theFirstSignalAsksAndTheSecondEnds() {
    assertThat(interruption.isRequested()).isFalse();
    interruption.signal(2);
    assertThat(interruption.isRequested()).isTrue();
    assertThat(interruption.exitCode()).isEqualTo(130);
    assertThat(halted).isEmpty();
    assertThat(err.toString()).contains("once more ends at once");
    interruption.signal(15);
    assertThat(halted).containsExactly(130);
  }
}
