package dev.gradus.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerPlaceTest {
  @Test
  void closesTheLastFirstAndAllEvenIfOneFails() {
    var closed = new ArrayList<Integer>();
    var place = new WorkerPlace(0, 1);
    place.closeBehind(() -> closed.add(1));
    place.closeBehind(
        () -> {
          throw new IllegalStateException("stuck");
        });
    place.closeBehind(() -> closed.add(2));
    assertThatThrownBy(place::close).hasMessage("stuck");
    assertThat(closed).isEqualTo(List.of(2, 1));
  }
}
