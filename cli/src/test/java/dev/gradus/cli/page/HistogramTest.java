package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
  private static Histogram of(int low, int high) {
    var counter = new Histogram.Counter(4);
    IntStream.range(0, low).forEach(i -> counter.add(0, i == 0));
    IntStream.range(0, high).forEach(_ -> counter.add(4, false));
    return counter.draw(true);
  }

  @Test
  void theAxisEndsAtARoundNumberAboveTheHighestBar() {
    assertThat(of(178, 3).counts())
        .extracting(Histogram.Tick::text)
        .containsExactly("0", "50", "100", "150", "200");
    assertThat(of(3000, 3).counts().getLast().text()).isEqualTo("3,000");
    assertThat(of(1, 1).counts()).extracting(Histogram.Tick::text).containsExactly("0", "1");
    assertThat(of(0, 0).counts()).extracting(Histogram.Tick::text).containsExactly("0", "1");
  }

  @Test
  void barsAreAsHighAsTheirCounts() {
    var bars = of(200, 50).bars();
    double most = Double.parseDouble(bars.getFirst().height());
    assertThat(most).isEqualTo(Histogram.BOTTOM - Histogram.TOP);
    assertThat(Double.parseDouble(bars.getLast().height())).isEqualTo(most / 4);
    assertThat(bars.getFirst().wrong()).isEqualTo(1);
    assertThat(bars.getLast().count()).isEqualTo(50);
    assertThat(bars.get(1).height()).isEqualTo("0");
  }

  @Test
  void ratesAreMarkedEvenly() {
    assertThat(of(1, 1).rates())
        .extracting(Histogram.Tick::text)
        .containsExactly("0", "1", "2", "3", "4");
  }
}
