package dev.gradus.djl.data;

import dev.gradus.UserException;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;

/**
 * Examples whose labels are changed to wrong ones with some probability, for experiments in which
 * the truth is known: a pure function of seed and example.
 */
public final class WrongLabels implements Examples {
  private static final long SALT = 0x6c6162656c73L;
  private static final int DROPPED_BITS = 11;
  private static final double FROM_53_BITS = 0x1p-53;

  private final Examples truth;
  private final int spoilt;
  private final int classes;
  private final Settings settings;
  private final Confusion confusion;
  private final long seed;

  /** Which wrong label an example gets. */
  public enum How {
    /** Any other class, each as likely. */
    UNIFORM,
    /** The next class; the last class gets the first. */
    PAIR_FLIP,
    /**
     * Another class, in shares that each class has of its own: drawn uniformly from all shares that
     * add up to 1, so that some classes are mostly taken for a certain one and others for many.
     */
    CLASS_DEPENDENT
  }

  /**
   * Labels as a user asks for them.
   *
   * @param share the probability of a wrong label, in [0, 1)
   * @param how which wrong label
   * @param seed decides the shares that depend on the class
   */
  @Name("wrong-labels")
  public record Settings(@Range("[0, 1)") double share, How how, long seed) {
    /** Checks the range. */
    public Settings {
      RecordType.check(Settings.class, share, how, seed);
    }

    /**
     * With the seed 0.
     *
     * @param share the probability of a wrong label, in [0, 1)
     * @param how which wrong label
     */
    public Settings(double share, How how) {
      this(share, how, 0);
    }
  }

  /**
   * A view of examples of a classification.
   *
   * @param truth the examples with their own labels
   * @param classes how many classes there are, 2 or more
   * @param settings how many labels are wrong, and which they are
   * @param seed decides which
   */
  public WrongLabels(Examples truth, int classes, Settings settings, long seed) {
    this(truth, truth.size(), classes, settings, seed);
  }

  private WrongLabels(Examples truth, int spoilt, int classes, Settings settings, long seed) {
    if (classes < 2) {
      throw new UserException("Labels of a single class cannot be made wrong.");
    }
    this.truth = truth;
    this.spoilt = spoilt;
    this.classes = classes;
    this.settings = settings;
    confusion = new Confusion(classes, settings.seed());
    this.seed = seed;
  }

  /**
   * The same view, but the last examples keep their labels.
   *
   * @param from the first that does, such as the first of those that are trusted
   * @return the view
   */
  public WrongLabels sparing(int from) {
    return new WrongLabels(truth, from, classes, settings, seed);
  }

  /**
   * {@return whether the label of an example is not its own}
   *
   * @param index which example
   */
  public boolean isWrong(int index) {
    return index < spoilt && uniform(index, 0) < settings.share();
  }

  private double uniform(int index, int draw) {
    return (SplitMix64.at(seed, SALT, index, draw).next() >>> DROPPED_BITS) * FROM_53_BITS;
  }

  /**
   * {@return the class that an example has by its own label}
   *
   * @param index which example
   */
  public int ownLabel(int index) {
    var label = new float[1];
    truth.target(index, label, 0);
    return (int) label[0];
  }

  @Override
  public void target(int index, float[] into, int offset) {
    truth.target(index, into, offset);
    if (isWrong(index)) {
      into[offset] = wrong(index, (int) into[offset]);
    }
  }

  private int wrong(int index, int own) {
    int further =
        switch (settings.how()) {
          case UNIFORM -> 1 + SplitMix64.at(seed, SALT, index, 1).below(classes - 1);
          case PAIR_FLIP -> 1;
          case CLASS_DEPENDENT -> confusion.further(own, uniform(index, 1));
        };
    return (own + further) % classes;
  }

  @Override
  public int size() {
    return truth.size();
  }

  @Override
  public List<Long> inputShape() {
    return truth.inputShape();
  }

  @Override
  public List<Long> targetShape() {
    return truth.targetShape();
  }

  @Override
  public void input(int index, float[] into, int offset) {
    truth.input(index, into, offset);
  }

  @Override
  public String identity(int index) {
    return truth.identity(index);
  }

  @Override
  public long contents(int index) {
    return truth.contents(index);
  }
}
