package dev.gradus.cli.data;

import dev.gradus.djl.data.Examples;

/** Examples together with their class numbers in an array. */
final class Labelled {
  private final Examples examples;
  private final int[] labels;

  Labelled(Examples examples, int[] labels) {
    this.examples = examples;
    this.labels = labels;
  }

  Examples examples() {
    return examples;
  }

  int[] labels() {
    return labels;
  }
}
