package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.schedule.History;
import dev.gradus.schedule.History.Observation;
import dev.gradus.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What schedules are told after every epoch, and how a checkpoint keeps it. */
final class Measured {
  private static final String TRAIN_LOSS = "trainLoss";
  private static final String SEPARATOR = " ";

  private Measured() {}

  static Map<String, Double> afterEpoch(Map<String, Double> validation, double trainLoss) {
    var metrics = new LinkedHashMap<>(validation);
    metrics.put(TRAIN_LOSS, trainLoss);
    return metrics;
  }

  /**
   * Refuses schedules that watch what is not measured.
   *
   * @throws UserException naming what is
   */
  static void require(Set<String> watched, DataSet data) {
    var known = new ArrayList<String>();
    known.add(TRAIN_LOSS);
    if (data.validation().size() > 0) {
      known.addAll(Choice.metrics(data.task()));
    }
    for (String metric : watched) {
      if (!known.contains(metric)) {
        throw new UserException(
            "A schedule watches the metric '%s', which this run does not measure%s"
                .formatted(metric, Nearest.hint(metric, known)));
      }
    }
  }

  /** The measurements as texts by their number. */
  static Map<String, String> texts(History history) {
    var texts = new LinkedHashMap<String, String>();
    for (Observation seen : history.observations()) {
      texts.put(
          Integer.toString(texts.size()),
          seen.steps() + SEPARATOR + seen.metric() + SEPARATOR + seen.value());
    }
    return texts;
  }

  /** The measurements that were kept; none in checkpoints of runs without such schedules. */
  static History history(Map<String, String> texts) {
    List<Observation> seen =
        texts.entrySet().stream()
            .sorted(Comparator.comparingInt(entry -> Integer.parseInt(entry.getKey())))
            .map(entry -> observation(entry.getValue().split(SEPARATOR, -1)))
            .toList();
    return new History(seen);
  }

  private static Observation observation(String[] parts) {
    return new Observation(Long.parseLong(parts[0]), parts[1], Double.parseDouble(parts[2]));
  }
}
