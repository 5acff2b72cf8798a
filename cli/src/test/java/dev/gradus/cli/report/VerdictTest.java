package dev.gradus.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Side BASE = Made.side("adam", 0.90, 0.91, 0.92);

  private static String verdict(Side side, Side... others) {
    var sides = new ArrayList<>(List.of(BASE, side));
    sides.addAll(List.of(others));
    return Verdict.of(side, Made.comparison(sides.toArray(Side[]::new)));
  }

  @Test
  void aClearDifferenceIsCalledOne() {
    assertThat(verdict(Made.side("adamp", 0.921, 0.93, 0.939)))
        .isEqualTo(
            "adamp is ahead of adam by 2.00 percentage points of test accuracy (95 % interval"
                + " +1.75 to +2.25, 3 seeds).");
    assertThat(verdict(Made.side("sgd", 0.879, 0.89, 0.901)))
        .startsWith("sgd is behind adam by 2.00 percentage points");
  }

  @Test
  void anIntervalWithZeroShowsNothing() {
    assertThat(verdict(Made.side("adamp", 0.95, 0.89, 0.93)))
        .startsWith("No difference between adamp and adam is certain: +1.33 percentage points");
  }

  @Test
  void manyComparisonsAreJudgedTogether() {
    var slight = Made.side("adamp", 0.912, 0.92, 0.935);
    assertThat(verdict(slight)).startsWith("adamp is ahead of adam");
    var others = new Side[20];
    for (int i = 0; i < others.length; i++) {
      others[i] = Made.side("other" + i, 0.9, 0.91, 0.92);
    }
    assertThat(verdict(slight, others))
        .startsWith("No difference between adamp and adam is certain")
        .contains("for 21 comparisons together")
        .endsWith("Alone this one would exclude zero.");
  }

  @Test
  void oneSeedSaysNothing() {
    assertThat(verdict(Made.side("adamp", 0.99)))
        .isEqualTo("One seed cannot tell adamp from adam.");
  }

  @Test
  void equalFiguresAreCalledEqual() {
    assertThat(verdict(Made.side("same", 0.90, 0.91, 0.92)))
        .isEqualTo("same and adam have the same test accuracy with every seed.");
  }

  @Test
  void divergedRunsAreTold() {
    var runs = new ArrayList<>(Made.side("wild", 0.93, 0.90).runs());
    runs.add(Made.sample(Made.diverged("wild", 2)));
    assertThat(verdict(new Side("wild", "", runs, List.of(), List.of())))
        .contains(", 2 seeds with which neither diverged).")
        .endsWith("1 of 3 runs of wild diverged.");
    var lost = new Side("lost", "", runs.subList(2, 3), List.of(), List.of());
    assertThat(verdict(lost))
        .isEqualTo(
            "lost cannot be compared: no run of lost came to its end. 1 of 1 runs of lost"
                + " diverged.");
  }
}
