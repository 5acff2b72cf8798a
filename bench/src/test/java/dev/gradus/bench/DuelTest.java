package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
  private record Steady(String name, long bytes, long nanos) implements Contestant {
    @Override
    public long nanoseconds(int repetitions, Clock clock) {
      return repetitions * nanos;
    }

    @Override
    public void close() {}
  }

  @Test
  void tellsTimesRatiosToTheFirstAndBandwidth() {
    var base = new Steady("base", 8_000_000, 2_000_000);
    var other = new Steady("a | b", 10_000_000, 5_000_000);
    assertThat(Duel.table(List.of(base, other), 15, Clock.WALL))
        .isEqualTo(
            """
            | contestant | median ms | ratio | quartiles | GB/s |
            |---|---:|---:|---:|---:|
            | base | 2.0000 | 1.000 | 1.000–1.000 | 4.0 |
            | a \\| b | 5.0000 | 2.500 | 2.500–2.500 | 2.0 |
            """);
  }

  @Test
  void quartilesLieBetweenNeighbours() {
    assertThat(Quartiles.of(new double[] {4, 1, 3, 2})).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
  }
}
