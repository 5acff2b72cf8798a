package dev.gradus.djl;

import dev.gradus.UserException;
import dev.gradus.checkpoint.Retention.Better;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Nearest;
import java.util.List;
import java.util.Map;

/**
 * The validation metric by which the best epoch is chosen. Of equally good epochs the earlier wins.
 *
 * @param metric its name, as {@link Evaluation} lists them
 * @param better in which direction it improves
 */
public record Choice(String metric, Better better) {

  /**
   * The usual choice: the lowest loss, which goes on telling epochs apart when all answers on a few
   * validation examples are right.
   *
   * @return the loss, without class weights
   */
  public static Choice usual() {
    return new Choice("loss", Better.LOWER);
  }

  /**
   * The choice of a metric by name.
   *
   * @param task what is to be learned
   * @param metric a metric of the task
   * @return the choice
   * @throws UserException if the task has no such metric
   */
  public static Choice of(Task task, String metric) {
    var metrics = metrics(task);
    if (!metrics.contains(metric)) {
      throw new UserException(
          "Unknown validation metric '" + metric + "'" + Nearest.hint(metric, metrics));
    }
    return new Choice(metric, direction(metric));
  }

  /**
   * In which direction a metric of any task improves.
   *
   * @param metric its name
   * @return the direction
   */
  public static Better direction(String metric) {
    boolean higher = List.of("accuracy", "auc", "f1", "r2").contains(metric);
    return higher ? Better.HIGHER : Better.LOWER;
  }

  /**
   * The metrics of a task.
   *
   * @param task what is to be learned
   * @return their names, in the order in which they are reported
   */
  public static List<String> metrics(Task task) {
    return switch (task) {
      case Task.Classification _ -> List.of("loss", "accuracy", "auc", "f1");
      case Task.Regression _ -> List.of("loss", "rmse", "mae", "r2");
      case Task.NextToken _ -> List.of("loss", "perplexity", "bitsPerCharacter", "accuracy");
    };
  }

  double figure(Map<String, Double> metrics) {
    return metrics.getOrDefault(metric, Double.NaN);
  }

  /** Whether some metrics are strictly better than others; any figure is better than none. */
  boolean improves(Map<String, Double> metrics, Map<String, Double> earlier) {
    return improves(figure(metrics), figure(earlier), 0);
  }

  /** Whether a figure is better than an earlier one by more than a margin; any beats none. */
  boolean improves(double now, double before, double margin) {
    boolean first = !Double.isNaN(now) && Double.isNaN(before);
    return first || (better == Better.HIGHER ? now - before > margin : before - now > margin);
  }
}
