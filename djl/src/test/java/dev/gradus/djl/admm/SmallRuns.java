package dev.gradus.djl.admm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.djl.Checkpoints;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingMethod;
import dev.gradus.djl.model.Models;
import dev.gradus.schedule.Schedule;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Short trainings with few examples. */
final class SmallRuns {
  private SmallRuns() {}

  static Network network(String model) {
    return Models.of(model).network(Few.images().train().inputShape(), Few.CLASSES);
  }

  static Training training(Network network, TrainingMethod method) {
    return training(network, method, Group.all(Rules.parse("adam"), 1e-2));
  }

  private static Training training(Network network, TrainingMethod method, Group group) {
    return Training.of(network, Few.images())
        .group(group)
        .batch(8)
        .epochs(3)
        .seed(7)
        .method(method);
  }

  static Map<String, float[]> trained(String model, TrainingMethod method) {
    try (var network = network(model)) {
      training(network, method).run();
      return Few.values(network);
    }
  }

  /** The weights behind plain descent at a rate that a schedule multiplies. */
  static Map<String, float[]> scheduled(
      String model, TrainingMethod method, double rate, Schedule schedule) {
    try (var network = network(model)) {
      training(network, method, Group.all(Rules.parse("sgd"), rate).withSchedule(schedule)).run();
      return Few.values(network);
    }
  }

  /** The weights behind one step of plain descent with all examples. */
  static Map<String, float[]> descended(
      Supplier<Network> made, TrainingMethod method, double rate) {
    try (var network = made.get()) {
      Training.of(network, Few.images())
          .group(Group.all(Rules.parse("sgd"), rate))
          .batch(48)
          .epochs(1)
          .method(method)
          .run();
      return Few.values(network);
    }
  }

  static void requireSame(Map<String, float[]> found, Map<String, float[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values));
  }

  /**
   * Requires that a run that was stopped goes on to the same bits.
   *
   * @return the weights in the end
   */
  static Map<String, float[]> requireResumes(String model, TrainingMethod method, Path folder) {
    var whole = trained(model, method);
    try (var network = network(model)) {
      stoppedAfterTen(training(network, method).checkpoints(Checkpoints.in(folder)));
    }
    try (var network = network(model)) {
      training(network, method).checkpoints(Checkpoints.in(folder).resuming()).run();
      requireSame(Few.values(network), whole);
    }
    return whole;
  }

  static void stoppedAfterTen(Training training) {
    var made = new AtomicInteger();
    training.stopWhen(() -> made.incrementAndGet() == 10).run();
  }
}
