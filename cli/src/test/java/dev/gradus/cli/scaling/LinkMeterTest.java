package dev.gradus.cli.scaling;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.exchange.Collectives;
import dev.gradus.exchange.LocalTransport;
import dev.gradus.exchange.Transport;
import dev.gradus.scaling.Link;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class LinkMeterTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Otherwise one worker would leave while another waits for its bytes. */
  @Test
  void allMakeAsManyRoundsHoweverTheirClocksGoAndFindTheSameLink() {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var team = LocalTransport.team(2, DEADLINE);
      var patient = supplyAsync(() -> link(team.getFirst(), Duration.ofMillis(200)), threads);
      var hasty = supplyAsync(() -> link(team.getLast(), Duration.ZERO), threads);
      assertThat(hasty.join()).isEqualTo(patient.join());
    }
  }

  @Test
  void theFirstTimesDoNotCountAgainstTheLater() {
    var times = new Timing();
    for (double time : new double[] {90, 80, 70, 3, 1, 2}) {
      times.add(time);
    }
    assertThat(times.laterHalf().median()).isEqualTo(2);
    assertThat(times.count()).isEqualTo(6);
  }

  private static Link link(Transport transport, Duration window) {
    return new LinkMeter(new Collectives(transport), window).measure(2);
  }
}
