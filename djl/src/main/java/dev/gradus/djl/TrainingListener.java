package dev.gradus.djl;

/** Is told what happens in a run, in the thread of the run: what it does, training waits for. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Something happened.
   *
   * @param event what
   */
  void on(TrainingEvent event);
}
