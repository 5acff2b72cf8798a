package dev.gradus.cli.report;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells of one side.
 *
 * @param name what it is called
 * @param chosen the settings that validation has chosen, in words; empty if nothing was to choose
 * @param verdict how it compares with the baseline, in plain words
 * @param diverged how many of its judging runs diverged
 * @param scores what judges it, of the best epoch and of the last
 * @param reach how soon it reaches the target; absent without one
 * @param sensitivity how it depends on the learning rate; absent unless several were tried
 * @param expense what it costs
 * @param curves training loss and validation metrics over the epochs, by name
 * @param layers what was measured over the epochs, by tensor and name
 * @param runs each judging run
 * @param remarks what a reader should know, a sentence each
 */
public record Contender(
    String name,
    String chosen,
    String verdict,
    int diverged,
    List<Score> scores,
    @Nullable Reach reach,
    @Nullable Sensitivity sensitivity,
    Expense expense,
    SequencedMap<String, List<CurvePoint>> curves,
    SequencedMap<String, SequencedMap<String, List<CurvePoint>>> layers,
    List<RunLine> runs,
    List<String> remarks) {
  /** Copies the lists. */
  public Contender {
    scores = List.copyOf(scores);
    runs = List.copyOf(runs);
    remarks = List.copyOf(remarks);
  }

  /**
   * A run in a line.
   *
   * @param name what it is called
   * @param seed what it was trained with
   * @param diverged what was not finite; empty if it came to its end
   * @param epochs how many whole epochs it has
   * @param seconds how long it trained
   */
  public record RunLine(String name, long seed, String diverged, int epochs, double seconds) {
    static RunLine of(Sample run) {
      var summary = run.summary();
      var reason = summary.diverged();
      return new RunLine(
          run.name(),
          run.seed(),
          reason == null ? "" : reason,
          summary.epochs().size(),
          summary.seconds());
    }
  }
}
