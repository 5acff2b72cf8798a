package dev.gradus.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("adam", "adamw", "adamp", "sgd", "project");

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, abc, 0",
    "abc, ABC, 0",
    "'', abc, 3",
    "abc, ab, 1",
    "abc, axc, 1",
    "abc, acb, 1",
    "kitten, sitting, 3",
    "minst, mnist, 1"
  })
  void countsLettersToChange(String one, String other, int expected) {
    assertThat(Nearest.distance(one, other)).isEqualTo(expected);
    assertThat(Nearest.distance(other, one)).isEqualTo(expected);
  }

  @Test
  void findsTheClosestName() {
    assertThat(Nearest.of("adma", NAMES)).contains("adam");
    assertThat(Nearest.of("ADAMP", NAMES)).contains("adamp");
    assertThat(Nearest.of("projekt", NAMES)).contains("project");
  }

  @Test
  void doesNotGuessFarAway() {
    assertThat(Nearest.of("xyzzy", NAMES)).isEmpty();
    assertThat(Nearest.of("a".repeat(1_000_000), NAMES)).isEmpty();
    assertThat(Nearest.of("adam", List.of())).isEmpty();
  }

  @Test
  void endsASentence() {
    assertThat(Nearest.hint("adma", NAMES)).isEqualTo("; did you mean 'adam'?");
    assertThat(Nearest.hint("xyzzy", NAMES))
        .isEqualTo("; known are adam, adamw, adamp, sgd, project.");
  }
}
