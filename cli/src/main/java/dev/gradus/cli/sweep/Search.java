package dev.gradus.cli.sweep;

import dev.gradus.UserException;
import dev.gradus.text.Catalogue;
import dev.gradus.text.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the candidates of an entrant are found and one of them chosen.
 *
 * @param stages one of {@link SearchStage.Grid} and {@link SearchStage.Random}, {@link
 *     SearchStage.Halving}, or one of the first two before the last
 */
public record Search(List<SearchStage> stages) {
  /** What a search may consist of. */
  public static final Catalogue<SearchStage> CATALOGUE =
      new Catalogue<>(
          "search",
          SearchStage.class,
          List.of(SearchStage.Grid.class, SearchStage.Random.class, SearchStage.Halving.class));

  /** Every combination is tried with the whole budget. */
  public static final Search GRID = new Search(List.of(new SearchStage.Grid()));

  /**
   * Copies the list.
   *
   * @throws UserException if the stages cannot stand in this order
   */
  public Search {
    stages = List.copyOf(stages);
    if (!isSearch(stages)) {
      throw new UserException(
          "A search is grid, random(20) or halving, or random(20) | halving, not this.");
    }
  }

  private static boolean isSearch(List<SearchStage> stages) {
    return switch (stages.size()) {
      case 1 -> true;
      case 2 ->
          !(stages.getFirst() instanceof SearchStage.Halving)
              && stages.getLast() instanceof SearchStage.Halving;
      default -> false;
    };
  }

  /**
   * Reads a search.
   *
   * @param text such as {@code random(27) | halving}
   * @return the search
   * @throws UserException if it is none
   */
  public static Search parse(String text) {
    return new Search(CATALOGUE.pipeline(text).stream().map(Catalogue.Entry::record).toList());
  }

  /** The text that it is read from. */
  @Override
  public String toString() {
    return stages.stream()
        .map(stage -> RecordType.of(stage.getClass()).print(stage))
        .collect(Collectors.joining(" | "));
  }

  /**
   * How candidates are drawn.
   *
   * @return nothing if every combination is one
   */
  public Optional<SearchStage.Random> random() {
    return stages.getFirst() instanceof SearchStage.Random random
        ? Optional.of(random)
        : Optional.empty();
  }

  /**
   * How many candidates each rung of the tuning has at most, the first rung first.
   *
   * @param candidates how many there are
   * @return one number or more, each smaller than the one before
   */
  public List<Integer> rungs(int candidates) {
    var rungs = new ArrayList<>(List.of(candidates));
    while (rungs.getLast() > factor()) {
      rungs.add(Math.ceilDiv(rungs.getLast(), factor()));
    }
    return rungs;
  }

  /**
   * By which the budget grows from rung to rung.
   *
   * @return a factor that no number of candidates exceeds if there is one rung only
   */
  private int factor() {
    return stages.getLast() instanceof SearchStage.Halving(var factor) ? factor : Integer.MAX_VALUE;
  }

  /**
   * The epochs of a rung.
   *
   * @param rung which, from 0
   * @param candidates how many candidates there are
   * @param whole the epochs of the whole budget
   * @return those of the whole budget in the last rung, before it less, and at least 1
   */
  public int epochs(int rung, int candidates, int whole) {
    double part = Math.pow(factor(), rungs(candidates).size() - 1.0 - rung);
    return Math.max(1, (int) Math.round(whole / part));
  }
}
