package dev.gradus.djl.admm;

/**
 * What half the squared distance of variables from outputs costs behind each cut.
 *
 * @param rho the penalty of the last cut
 * @param ratio that of every other cut, as a share of that of the cut above it
 * @param cuts how many cuts there are
 */
record Penalties(double rho, double ratio, int cuts) {
  double at(int cut) {
    return rho * Math.pow(ratio, cuts - 1 - cut);
  }
}
