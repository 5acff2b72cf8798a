package dev.gradus.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.scaling.Load.Manner;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that were computed by hand, and laws. */
class TeamTest {
  private static final Link SLOW = new Link(8e6, 0.01, 0);
  private static final double FRAMING = 1514.0 / 1448;
  private static final int HEADER = 48;
  private static final List<Load> LOADS =
      List.of(
          new Load("a", 100_000, 40_000, 0.002, 0.001, Manner.GATHER),
          new Load("b", 250_000, 100_000, 0.004, 0.002, Manner.GATHER),
          new Load("c", 10, 40, 0, 0, Manner.GATHER));

  private static Work work(Load... loads) {
    return new Work(0.1, 0, List.of(loads));
  }

  private static Load load(Manner manner, long weights, double bytes, double pack, double unpack) {
    return new Load("w", weights, bytes, pack, unpack, manner);
  }

  private static Work all(Manner manner, double spread) {
    return new Work(
        0.1,
        spread,
        LOADS.stream()
            .map(l -> load(manner, l.weights(), l.bytes(), l.pack(), l.unpack()))
            .toList());
  }

  private static double step(int workers, Link link, Work work) {
    return new Team(workers, link).outcome(work).step();
  }

  private static double sent(double bytes, int messages) {
    return (bytes + HEADER * messages) * FRAMING / 1e6;
  }

  private static Offset<Double> exactly() {
    return within(1e-12);
  }

  /** Vote of 14 bytes to each of two others, then a pack of 1000. */
  @Test
  void gathersOneTensorInTheTimeComputedByHand() {
    var work = work(load(Manner.GATHER, 100, 1000, 0.5, 0.25));
    double vote = 0.1 + sent(2 * 14, 2) + 0.01;
    assertThat(step(3, SLOW, work))
        .isCloseTo(vote + 0.5 + sent(2 * 1004, 2) + 0.01 + 3 * 0.25, exactly());
    assertThat(new Team(3, SLOW).outcome(work).bytesSent()).isCloseTo(2 * 1004, exactly());
  }

  /** The second tensor is packed while the first, a long one, is on its way. */
  @Test
  void packsTheNextTensorWhileThisOneIsOnItsWay() {
    var work =
        work(
            load(Manner.GATHER, 100_000, 1_000_000, 0.1, 0.2),
            load(Manner.GATHER, 1, 1000, 0.3, 0.1));
    double vote = 0.1 + sent(14, 1) + 0.01;
    double first = vote + 0.1 + sent(1_000_004, 1);
    double second = first + sent(1004, 1);
    assertThat(step(2, SLOW, work))
        .isCloseTo(Math.max(first + 0.01 + 0.4, second + 0.01) + 0.2, exactly());
  }

  /** Packed long before, it leaves when all of the first has left. */
  @Test
  void aParcelWaitsForTheOneBeforeIt() {
    var work =
        work(
            load(Manner.GATHER, 100_000, 1_000_000, 0.1, 0.02),
            load(Manner.GATHER, 100_000, 2_000_000, 0.3, 0.1));
    double vote = 0.1 + sent(14, 1) + 0.01;
    assertThat(step(2, SLOW, work))
        .isCloseTo(
            vote + 0.1 + sent(1_000_004, 1) + sent(2_000_004, 1) + 0.01 + 2 * 0.1, exactly());
  }

  /** Four workers: a quarter to each other one, its sum, and the sums to each other one. */
  @Test
  void sumsOneTensorInTheTimeComputedByHand() {
    var work = work(load(Manner.SUM, 100_000, 400_000, 0, 0.08));
    double vote = 0.1 + sent(3 * 14, 3) + 0.01;
    assertThat(step(4, SLOW, work))
        .isCloseTo(vote + 2 * (sent(300_000, 3) + 0.01) + 0.08 * 3 / 4, exactly());
  }

  @Test
  void twoWorkersSwapWholeTensorsAndManyWorkersSmallOnes() {
    double large = 0.1 + sent(14, 1) + 0.01 + sent(100_000, 1) + 0.01 + 0.08;
    assertThat(step(2, SLOW, work(load(Manner.SUM, 25_000, 100_000, 0, 0.08))))
        .isCloseTo(large, exactly());
    double small = 0.1 + sent(4 * 14, 4) + 0.01 + sent(4 * 1000, 4) + 0.01 + 4 * 0.002;
    assertThat(step(5, SLOW, work(load(Manner.SUM, 250, 1000, 0, 0.002))))
        .isCloseTo(small, exactly());
  }

  @Test
  void smallTensorsAreSummedTogether() {
    var apart =
        work(load(Manner.SUM, 10_000, 40_000, 0, 0.03), load(Manner.SUM, 5_000, 20_000, 0, 0.01));
    var together = work(load(Manner.SUM, 15_000, 60_000, 0, 0.04));
    var team = new Team(3, SLOW);
    assertThat(team.outcome(apart)).isEqualTo(team.outcome(together));
    assertThat(team.outcome(apart).bytesSent()).isCloseTo(2 * 2 * 20_000, exactly());
  }

  @Test
  void smallTensorsTravelTogetherBehindSumsOfLargeOnes() {
    var work =
        work(
            load(Manner.GATHER, 10, 40, 0.1, 0.01),
            load(Manner.SUM, 100_000, 400_000, 0, 0.08),
            load(Manner.GATHER, 20, 80, 0.2, 0.02));
    double summed = 0.1 + sent(14, 1) + 0.01 + sent(400_000, 2) + 0.01 + 0.08;
    assertThat(step(2, SLOW, work))
        .isCloseTo(summed + 0.3 + sent(44 + 84, 1) + 0.01 + 2 * 0.03, exactly());
  }

  /** Sending and receiving a message keeps a processor, once for the vote and once for a pack. */
  @Test
  void messagesKeepTheProcessor() {
    var work = work(load(Manner.GATHER, 100, 1000, 0, 0));
    assertThat(step(3, new Link(8e6, 0.01, 0.001), work) - step(3, SLOW, work))
        .isCloseTo(2 * 2 * 2 * 0.001, exactly());
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void aWorkerAloneExchangesNothing(Manner manner) {
    var alone = new Team(1, SLOW);
    var work = all(manner, 0);
    assertThat(alone.outcome(work)).isEqualTo(new Team.Outcome(0.1, 0));
    assertThat(alone.efficiency(work)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Manner.class)
  void fasterLinksAndFewerWorkersAreNeverSlower(Manner manner) {
    var work = all(manner, 0.2);
    var byBandwidth =
        DoubleStream.of(1e5, 1e6, 1e7, 1e8, 1e9, 1e10)
            .map(bits -> -step(8, SLOW.withBandwidth(bits), work));
    assertThat(byBandwidth.toArray()).isSorted();
    var byLatency =
        DoubleStream.of(0, 1e-4, 1e-3, 1e-2, 1e-1).map(s -> step(8, new Link(1e8, s, 0), work));
    assertThat(byLatency.toArray()).isSorted();
    var steady = work.withSpread(0);
    var byWorkers = IntStream.of(1, 2, 4, 8, 16, 64, 256).mapToDouble(n -> step(n, SLOW, steady));
    assertThat(byWorkers.toArray()).isSorted();
  }

  @Test
  void everyoneWaitsForTheSlowest() {
    var none = new Link(1e13, 0, 0);
    var work = new Work(0.1, 0.3, LOADS.subList(2, 3));
    double two = step(2, none, work) / step(1, none, work);
    double many = step(256, none, work) / step(1, none, work);
    assertThat(two).isBetween(1.1, 1.3);
    assertThat(many).isBetween(1.9, 2.7);
  }

  /** A worker does not wait for itself: the slower one is the first to begin the next step. */
  @Test
  void workersWaitForTheOthersOnly() {
    var random = new Random(7);
    double[][] computed = new double[2][2];
    for (int step = 0; step < 2; step++) {
      for (int worker = 0; worker < 2; worker++) {
        computed[step][worker] = 0.1 * Math.exp(0.5 * random.nextGaussian());
      }
    }
    double vote = sent(14, 1);
    double zero = computed[0][0];
    double one = computed[0][1];
    double zeroBegins = Math.max(zero, one + vote + 0.01);
    double oneBegins = Math.max(one, zero + vote + 0.01);
    double zeroEnds = zeroBegins + computed[1][0];
    double oneEnds = oneBegins + computed[1][1];
    var simulation =
        new Simulation(new Team(2, SLOW), new Work(0.1, 0.5, List.of()), new Random(7));
    simulation.step();
    simulation.step();
    assertThat(simulation.end()).isCloseTo(Math.max(zeroEnds, oneEnds) + vote + 0.01, exactly());
  }

  @Test
  void theSameNumbersComeOutEveryTime() {
    var work = all(Manner.SUM, 0.2);
    assertThat(step(16, SLOW, work)).isEqualTo(step(16, SLOW, work));
  }

  @Test
  void atTheBreakEvenBothTakeTheSameTime() {
    var dense = work(load(Manner.SUM, 1_000_000, 4_000_000, 0, 0.001));
    var packed = work(load(Manner.GATHER, 1_000_000, 40_000, 0.02, 0.001));
    var even = BreakEven.of(packed, dense, new Team(4, SLOW));
    var link = SLOW.withBandwidth(even.bitsPerSecond());
    assertThat(step(4, link, packed)).isCloseTo(step(4, link, dense), within(1e-4));
    assertThat(step(4, link.withBandwidth(1e6), packed)).isLessThan(step(4, SLOW, dense));
  }

  @Test
  void aSchemeMayPayAlwaysOrNever() {
    var dense = work(load(Manner.SUM, 1_000_000, 4_000_000, 0, 0.001));
    var larger = work(load(Manner.GATHER, 1_000_000, 9_000_000, 0.02, 0.001));
    var free = work(load(Manner.GATHER, 1_000_000, 4, 0, 0));
    var team = new Team(4, SLOW);
    assertThat(BreakEven.of(larger, dense, team)).hasToString("never");
    assertThat(BreakEven.of(free, dense, team)).hasToString("always");
    assertThat(new BreakEven(1.5e9)).hasToString("1.5 Gbit/s");
  }
}
