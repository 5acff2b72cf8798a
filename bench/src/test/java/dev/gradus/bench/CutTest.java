package dev.gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void visitsEveryWeightOnceInEveryWalk(int threads) {
    try (var memory = new Memory(Networks.named("1100x1001"));
        var cut = new Cut(memory, threads)) {
      var visits = new AtomicIntegerArray(1100 * 1001);
      Runnable walk =
          cut.walk(
              (tensor, first, count) -> {
                for (int i = 0; i < count; i++) {
                  visits.incrementAndGet((int) first + i);
                }
              });
      for (int round = 1; round <= 20; round++) {
        walk.run();
        for (int i = 0; i < visits.length(); i++) {
          assertThat(visits.get(i)).isEqualTo(round);
        }
      }
    }
  }
}
