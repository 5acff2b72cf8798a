package dev.gradus.bench;

/** Work on a part of a tensor. */
interface Walk {
  /**
   * Walks neighbouring weights.
   *
   * @param tensor the tensor's index
   * @param first the first weight
   * @param count how many weights
   */
  void run(int tensor, long first, int count);
}
