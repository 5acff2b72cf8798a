package dev.gradus.djl.instance;

/** How a rate changes by the change that is wanted of it. */
public enum Parametrisation {
  /** rate ← clip(rate + change, 0, largest); a rate of 0 can come back. */
  LINEAR {
    @Override
    public double changed(double rate, double change, double largest) {
      return Math.clamp(rate + change, 0, largest);
    }
  },
  /** rate ← exp(clip(ln rate + rate × change, −ln largest, ln largest)); no rate becomes 0. */
  EXP {
    @Override
    public double changed(double rate, double change, double largest) {
      double bound = Math.log(largest);
      return Math.exp(Math.clamp(Math.log(rate) + rate * change, -bound, bound));
    }
  };

  /**
   * A rate after a change.
   *
   * @param rate the rate before it
   * @param change the change that is wanted, such as the meta rate times an inner product
   * @param largest the largest rate, above 1
   * @return the new rate, within the bounds
   */
  public abstract double changed(double rate, double change, double largest);
}
