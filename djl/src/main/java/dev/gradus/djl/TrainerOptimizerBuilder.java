package dev.gradus.djl;

import ai.djl.nn.Block;
import dev.gradus.Group;
import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Describes an optimizer for a DJL trainer. */
public final class TrainerOptimizerBuilder {
  final String network;
  final Block block;
  final List<Group> groups = new ArrayList<>();
  Optional<Set<String>> normalised = Optional.empty();
  int threads = 1;
  boolean checkFinite;
  long totalSteps = 1;

  TrainerOptimizerBuilder(String network, Block block) {
    this.network = network;
    this.block = block;
  }

  /**
   * Adds a group of parameters; of several groups that fit a parameter the last counts.
   *
   * @param group the group; parameters are named as in checkpoints, such as {@code Linear.weight}
   * @return this builder
   */
  public TrainerOptimizerBuilder group(Group group) {
    groups.add(group);
    return this;
  }

  /**
   * Names the weights that feed a normalisation layer, which are otherwise found in the network's
   * sequences of blocks.
   *
   * @param names names of parameters
   * @return this builder
   */
  public TrainerOptimizerBuilder normalised(Set<String> names) {
    normalised = Optional.of(Set.copyOf(names));
    return this;
  }

  /**
   * Sets the number of threads that share a step; 1 unless set. Results have the same bits for any
   * number.
   *
   * @param count at least 1
   * @return this builder
   */
  public TrainerOptimizerBuilder threads(int count) {
    if (count < 1) {
      throw new UserException(
          "The optimizer was given " + count + " threads; it needs at least 1.");
    }
    threads = count;
    return this;
  }

  /**
   * Leaves out steps with a gradient that is infinite, not-a-number or overflows when squared; a
   * warning names its parameter. Off unless called.
   *
   * @return this builder
   */
  public TrainerOptimizerBuilder checkFinite() {
    checkFinite = true;
    return this;
  }

  /**
   * Says how long the run is, for schedules that end with it.
   *
   * @param count at least 1
   * @return this builder
   */
  public TrainerOptimizerBuilder totalSteps(long count) {
    if (count < 1) {
      throw new UserException("A run of " + count + " steps is no run; it needs at least 1.");
    }
    totalSteps = count;
    return this;
  }

  /**
   * Makes the optimizer. It looks at the parameters when the first step is taken, or the first
   * checkpoint is read.
   *
   * @return an optimizer for one trainer
   * @throws UserException if there is no group
   */
  public TrainerOptimizer build() {
    if (groups.isEmpty()) {
      throw new UserException("The optimizer has no group of parameters; add one.");
    }
    return new TrainerOptimizer(new TrainerBinding(this));
  }
}
