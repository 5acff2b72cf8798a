package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerPoolTest {
  private static final int ROUNDS = 3000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyUnitOfEveryRoundIsDoneOnceAndSeen(int threads) {
    var random = new Random(1);
    try (var pool = new WorkerPool(threads)) {
      for (int round = 0; round < ROUNDS; round++) {
        int units = random.nextInt(20);
        var times = new AtomicIntegerArray(units);
        var results = new double[units];
        pool.run(
            units,
            (unit, worker) -> {
              times.incrementAndGet(unit);
              results[unit] = busy(unit % 5 == 0 ? 2000 : 10);
            });
        for (int unit = 0; unit < units; unit++) {
          assertThat(times.get(unit)).isEqualTo(1);
          assertThat(results[unit]).isEqualTo(busy(unit % 5 == 0 ? 2000 : 10));
        }
      }
    }
  }

  private static double busy(int loops) {
    double x = 1;
    for (int i = 0; i < loops; i++) {
      x = Math.sqrt(x + i);
    }
    return x;
  }

  /** Two units that wait for each other can only end in two threads. */
  @Test
  void unitsRunSideBySide() {
    var both = new CountDownLatch(2);
    Set<Integer> workers = ConcurrentHashMap.newKeySet();
    try (var pool = new WorkerPool(2)) {
      pool.run(
          2,
          (unit, worker) -> {
            workers.add(worker);
            both.countDown();
            await(both);
          });
    }
    assertThat(workers).containsExactlyInAnyOrder(0, 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aFailureReachesTheCallerWhenAllUnitsHaveEnded(int threads) {
    try (var pool = new WorkerPool(threads)) {
      for (int round = 0; round < 200; round++) {
        var done = new AtomicIntegerArray(10);
        var failure = new ArithmeticException("unit 3");
        assertThatThrownBy(
                () ->
                    pool.run(
                        10,
                        (unit, worker) -> {
                          done.incrementAndGet(unit);
                          if (unit == 3) {
                            throw failure;
                          }
                        }))
            .hasCause(failure);
        for (int unit = 0; unit < 10; unit++) {
          assertThat(done.get(unit)).isEqualTo(1);
        }
        var results = new int[10];
        pool.run(10, (unit, worker) -> results[unit] = unit);
        assertThat(results).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      }
    }
  }

  @Test
  void onlyWorkersOfThePoolAreNamed() {
    var seen = new HashSet<Integer>();
    try (var pool = new WorkerPool(1)) {
      pool.run(5, (unit, worker) -> seen.add(worker));
    }
    assertThat(seen).containsExactly(0);
  }

  @Test
  void idleThreadsWakeUp() throws InterruptedException {
    var results = new int[50];
    try (var pool = new WorkerPool(3)) {
      for (int round = 0; round < 5; round++) {
        Thread.sleep(5);
        Arrays.fill(results, 0);
        pool.run(50, (unit, worker) -> results[unit] = unit + 1);
        assertThat(results).doesNotContain(0);
      }
    }
  }
}
