package dev.gradus.cli.sweep;

import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/** A part of a {@link Search}. */
public sealed interface SearchStage {
  /** Every combination of the listed values is a candidate. */
  @Name("grid")
  record Grid() implements SearchStage {}

  /**
   * Candidates are drawn at random, each value on its own: one of those that are listed, or one in
   * a range (Bergstra and Bengio 2012). Entrants with the same lists and ranges draw the same.
   *
   * @param trials how many candidates
   * @param seed what decides them
   */
  @Name("random")
  record Random(@Range("[1, 10000]") int trials, long seed) implements SearchStage {
    /** Checks the range. */
    public Random {
      RecordType.check(Random.class, trials, seed);
    }

    /** Ten candidates. */
    public Random() {
      this(10, 0);
    }
  }

  /**
   * Candidates are tried in rungs: all with a small part of the budget, the best of them with
   * several times as much, and so on (Jamieson and Talwalkar 2016). The last rung, which chooses,
   * has the whole budget. Every rung trains from the beginning, with its own schedule.
   *
   * @param factor by which the budget grows and the number of candidates shrinks from rung to rung
   */
  @Name("halving")
  record Halving(@Range("[2, 100]") int factor) implements SearchStage {
    /** Checks the range. */
    public Halving {
      RecordType.check(Halving.class, factor);
    }

    /** A third of the candidates with three times the budget. */
    public Halving() {
      this(3);
    }
  }
}
