package dev.gradus.cli.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gradus.UserException;
import dev.gradus.cli.data.ImageOptions.Unreadable;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void refusePartsThatAreNone() {
    assertThatThrownBy(() -> new SplitOptions(1, 0.1, 0))
        .isInstanceOf(UserException.class)
        .hasMessage("The test part is from 0 to below 1, such as 0.1, not 1.0.");
    assertThatThrownBy(() -> new SplitOptions(0.1, Double.NaN, 0))
        .isInstanceOf(UserException.class)
        .hasMessage("The validation part is from 0 to below 1, such as 0.1, not NaN.");
  }

  @Test
  void refuseImagesThatAreNone() {
    assertThatThrownBy(() -> new ImageOptions(-1, 0, Unreadable.STOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not -1");
    assertThatThrownBy(() -> new ImageOptions(16_385, 0, Unreadable.STOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("not 16385");
    assertThatThrownBy(() -> new ImageOptions(0, 2, Unreadable.STOP))
        .isInstanceOf(UserException.class)
        .hasMessage("Images have 1 (grey) or 3 (colour) channels, not 2.");
  }
}
