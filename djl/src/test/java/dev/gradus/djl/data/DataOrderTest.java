package dev.gradus.djl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataOrderTest {

  @Test
  void keepsItsOrderForEver() {
    var order = new DataOrder(10, 0);
    assertThat(order.epoch(0)).containsExactly(4, 7, 0, 5, 9, 3, 6, 2, 8, 1);
    assertThat(order.epoch(1)).containsExactly(0, 8, 6, 1, 7, 9, 3, 4, 5, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  void visitsEverythingOnce(int size) {
    assertThat(new DataOrder(size, 3).epoch(5))
        .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
  }

  @Test
  void changesWithSeedAndEpochOnly() {
    var order = new DataOrder(1000, 3);
    assertThat(order.epoch(1)).isEqualTo(new DataOrder(1000, 3).epoch(1));
    assertThat(order.epoch(1)).isNotEqualTo(order.epoch(2));
    assertThat(order.epoch(1)).isNotEqualTo(new DataOrder(1000, 4).epoch(1));
  }

  @Test
  void sharesTheOrderAmongWorkers() {
    var order = new DataOrder(11, 3);
    var whole = order.epoch(2);
    var shards = IntStream.range(0, 3).mapToObj(shard -> order.shard(2, shard, 3)).toList();
    for (int place = 0; place < 9; place++) {
      assertThat(shards.get(place % 3)[place / 3]).isEqualTo(whole[place]);
    }
    assertThat(shards).allSatisfy(shard -> assertThat(shard).hasSize(3));
  }

  @Test
  void refusesAWorkerThatIsNotThere() {
    var order = new DataOrder(11, 3);
    assertThatThrownBy(() -> order.shard(0, 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new DataOrder(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
