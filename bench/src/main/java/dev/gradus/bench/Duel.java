package dev.gradus.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Contestants who take turns in short rounds, so that whatever else the machine does hits all of
 * them alike. The first is the base; ratios to it are taken round by round.
 */
final class Duel {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long WARM_UP_NANOS = 1_500_000_000;
  private static final long ROUND_NANOS = 20_000_000;
  private static final int MOST_REPETITIONS = 100_000;

  private final List<Contestant> contestants;
  private final int rounds;
  private final Clock clock;
  private final double[][] milliseconds;

  private Duel(List<Contestant> contestants, int rounds, Clock clock) {
    this.contestants = contestants;
    this.rounds = rounds;
    this.clock = clock;
    milliseconds = new double[contestants.size()][rounds];
  }

  /** Lets contestants take turns and tells the outcome as a table. */
  static String table(List<Contestant> contestants, int rounds, Clock clock) {
    var duel = new Duel(contestants, rounds, clock);
    duel.play();
    return duel.table();
  }

  private void play() {
    int[] repetitions = contestants.stream().mapToInt(this::warmUp).toArray();
    int count = contestants.size();
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < count; turn++) {
        int c = (turn + round) % count;
        long nanos = contestants.get(c).nanoseconds(repetitions[c], clock);
        milliseconds[c][round] = nanos / NANOS_PER_MILLI / repetitions[c];
      }
    }
  }

  /** Repeats until the code is compiled, and finds out how often it fits into a round. */
  private int warmUp(Contestant contestant) {
    long spent = 0;
    int repetitions = 1;
    while (spent < WARM_UP_NANOS) {
      long nanos = Math.max(1, contestant.nanoseconds(repetitions, clock));
      spent += nanos;
      repetitions = Math.clamp(ROUND_NANOS * repetitions / nanos, 1, MOST_REPETITIONS);
    }
    return repetitions;
  }

  private String table() {
    var table = new Table("contestant", "median ms", "ratio", "quartiles", "GB/s");
    for (int c = 0; c < contestants.size(); c++) {
      int contestant = c;
      double median = Quartiles.of(milliseconds[c]).median();
      var ratio =
          Quartiles.of(
              IntStream.range(0, rounds)
                  .mapToDouble(r -> milliseconds[contestant][r] / milliseconds[0][r])
                  .toArray());
      table.row(
          contestants.get(c).name(),
          Table.number(median, 4),
          Table.number(ratio.median(), 3),
          ratio.middleHalf(3),
          Table.number(contestants.get(c).bytes() / median / NANOS_PER_MILLI, 1));
    }
    return table.toString();
  }
}
