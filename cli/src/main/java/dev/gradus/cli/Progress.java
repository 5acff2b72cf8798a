package dev.gradus.cli;

import dev.gradus.djl.TrainingListener;

/** Tells a person how far training is. */
interface Progress extends TrainingListener, AutoCloseable {

  static Progress on(Console console) {
    return console.isTerminal() ? new BarProgress() : new LineProgress(console, System::nanoTime);
  }

  @Override
  default void close() {}
}
