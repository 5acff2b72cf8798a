package dev.gradus.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagsTest {
  @Test
  void aTagIsUsedOnceInWhateverOrder() {
    var tags = new Tags();
    var numbers = new ArrayList<Long>();
    for (long i = -500; i < 500; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(tags.add(numbers.get(i))).isTrue();
      assertThat(tags.add(numbers.get(i / 2))).isFalse();
    }
    assertThat(tags.ranges()).isEqualTo(1);
  }

  @Test
  void theEndsOfAllNumbersAreTagsToo() {
    var tags = new Tags();
    assertThat(tags.add(Long.MAX_VALUE)).isTrue();
    assertThat(tags.add(Long.MIN_VALUE)).isTrue();
    assertThat(tags.add(Long.MAX_VALUE)).isFalse();
    assertThat(tags.add(Long.MIN_VALUE)).isFalse();
    assertThat(tags.ranges()).isEqualTo(2);
  }
}
