package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class ReasonsTest {

  @Test
  void theDeepestFailureSpeaksInItsFirstLine() {
    var deepest = new IllegalStateException("no slot is left\nat somewhere");
    assertThat(Reasons.of(new IOException("job aborted", new RuntimeException(deepest))))
        .isEqualTo("IllegalStateException: no slot is left");
  }

  @Test
  void thatAFailureIsOneOfInputAndOutputIsNotSaid() {
    assertThat(Reasons.of(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
  }

  @Test
  void aFailureWithoutAMessageIsNamed() {
    assertThat(Reasons.of(new ClosedChannelException())).isEqualTo("ClosedChannelException");
  }
}
