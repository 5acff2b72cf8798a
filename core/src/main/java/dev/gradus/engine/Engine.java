package dev.gradus.engine;

import dev.gradus.equation.Equations;
import java.util.List;

/**
 * Takes steps of a fixed list of tensors and keeps their states. Not for use by several threads.
 */
public interface Engine extends AutoCloseable {
  /**
   * Takes one step.
   *
   * @param tensors where weights and gradients lie
   * @param facts the numbers known before the step
   * @param measure whether to measure what costs no further load
   * @return what became of it
   */
  Outcome step(Tensors tensors, StepFacts facts, boolean measure);

  /**
   * Does something between two steps.
   *
   * @param actions for each tensor, what its weight and states become; no fold over the model
   * @param tensors where weights lie; gradients are not looked at
   * @param facts the numbers known before the next step
   */
  void act(List<Equations> actions, Tensors tensors, StepFacts facts);

  /**
   * Every state of every tensor.
   *
   * @return views of the engine's own memory
   */
  List<StateTensor> states();

  /**
   * Whether a state's memory holds its value. A state that does not start at 0 has none before the
   * first step of its tensor.
   *
   * @param state one of {@link #states()}
   * @return false if it still awaits its initial value
   */
  boolean hasValue(StateTensor state);

  /**
   * Says that a state's memory now holds its value, so that it must not be given its initial one.
   *
   * @param state one of {@link #states()}
   */
  void markValued(StateTensor state);

  /**
   * Forgets a state's value; it starts afresh in the next step of its tensor.
   *
   * @param state one of {@link #states()}
   */
  void restart(StateTensor state);

  /**
   * The precision in which weights, gradients and states per weight are kept.
   *
   * @return 4 for single, 8 for double precision
   */
  int bytesPerValue();

  /** Frees the states and ends the threads; a second time it does nothing. */
  @Override
  void close();
}
