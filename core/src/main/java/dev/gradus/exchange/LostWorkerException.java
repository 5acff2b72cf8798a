package dev.gradus.exchange;

/**
 * A worker that can't be reached, has been silent for too long, or sends what makes no sense. The
 * message is a sentence for people.
 */
public final class LostWorkerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Which worker is lost. */
  private final int rank;

  /** What happened. */
  private final String sentence;

  /**
   * A worker is lost.
   *
   * @param rank which worker
   * @param sentence what happened, with the worker's name, what was waited for and for how long
   */
  public LostWorkerException(int rank, String sentence) {
    super(sentence);
    this.rank = rank;
    this.sentence = sentence;
  }

  /**
   * Which worker is lost.
   *
   * @return its rank
   */
  public int rank() {
    return rank;
  }

  @Override
  public String getMessage() {
    return sentence;
  }

  static LostWorkerException wrongSize(int rank, long tag, long bytes, long wanted) {
    return new LostWorkerException(
        rank,
        "Worker %d sent %d bytes as %s, where %d belong."
            .formatted(rank, bytes, Tags.text(tag), wanted));
  }
}
