package dev.gradus.cli.sweep;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run of a sweep: the content of {@code results/NAME.json}.
 *
 * @param format the version of the format, {@link #FORMAT}
 * @param phase what the run was for
 * @param settings every setting of {@code gradus train}, also those chosen for the data
 * @param data on which data
 * @param weights how many trained numbers the network has
 * @param diverged what was not finite and ended the run; absent if it came to its end
 * @param result how it ended, as in {@code result.json} of a run folder; absent if it diverged
 * @param epochs the whole epochs, in order
 * @param sessions machine, libraries and threads of each start
 */
public record RunSummary(
    int format,
    Phase phase,
    SequencedMap<String, Object> settings,
    DataSummary data,
    long weights,
    @Nullable String diverged,
    @Nullable Result result,
    List<EpochSummary> epochs,
    List<Session> sessions) {
  /** The version of the format. */
  public static final int FORMAT = 1;

  /** An absent list is an empty one. */
  public RunSummary {
    epochs = List.copyOf(Objects.requireNonNullElse(epochs, List.of()));
    sessions = List.copyOf(Objects.requireNonNullElse(sessions, List.of()));
  }

  /**
   * On which data a run was made.
   *
   * @param name the text that names them
   * @param train how many training examples
   * @param validation how many validation examples
   * @param test how many test examples there are; a tuning run reads none of them
   * @param contents a hash over targets and a sample of the inputs of all parts
   */
  public record DataSummary(String name, int train, int validation, int test, String contents) {}

  /**
   * Whether the run came to its end.
   *
   * @return false if it diverged
   */
  @JsonIgnore
  public boolean isFinite() {
    return result != null;
  }

  /**
   * The validation metrics of the best epoch.
   *
   * @return by name; empty if the run diverged
   */
  @JsonIgnore
  public SequencedMap<String, Double> validation() {
    return result == null ? new LinkedHashMap<>() : result.validation();
  }

  /**
   * The test metrics of the best epoch's weights, and of the last's.
   *
   * @return by name, those of the last epoch behind {@link Figure#LAST}; empty if the run diverged
   *     or was made for tuning
   */
  @JsonIgnore
  public SequencedMap<String, Double> test() {
    var metrics = new LinkedHashMap<String, Double>();
    if (result != null) {
      metrics.putAll(result.test());
      result.lastTest().forEach((metric, value) -> metrics.put(Figure.LAST + metric, value));
    }
    return metrics;
  }

  /**
   * How long the run trained.
   *
   * @return seconds, over all its sessions
   */
  @JsonIgnore
  public double seconds() {
    return result != null ? result.seconds() : epochs.isEmpty() ? 0 : epochs.getLast().seconds();
  }
}
