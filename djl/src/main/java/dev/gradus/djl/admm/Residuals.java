package dev.gradus.djl.admm;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How far variables and outputs are apart behind each cut, and how fast variables move. */
final class Residuals {
  /** Squared distances of so many squared lengths of the outputs are no longer learning. */
  private static final double LIMIT = 1e6;

  private static final double SMALL = 1e-6;

  private final List<NetworkBlock> blocks;
  private final Cut[] cuts;

  /** Sums over the examples of a batch so far. */
  private record Cut(double primal, double moved, double outputs, long count) {
    static final Cut NOTHING = new Cut(0, 0, 0, 0);

    Cut plus(double morePrimal, double moreMoved, double moreOutputs, long more) {
      return new Cut(primal + morePrimal, moved + moreMoved, outputs + moreOutputs, count + more);
    }

    double relative() {
      return primal / (outputs + SMALL * count);
    }
  }

  Residuals(List<NetworkBlock> blocks) {
    this.blocks = blocks;
    cuts = new Cut[blocks.size() - 1];
    forget();
  }

  void forget() {
    Arrays.fill(cuts, Cut.NOTHING);
  }

  /** Adds what is known of a part. */
  void add(int cut, NDArray standsFor, NDArray outputs, NDArray moved) {
    cuts[cut] =
        cuts[cut].plus(
            squares(standsFor.sub(outputs)), squares(moved), squares(outputs), outputs.size());
  }

  private static double squares(NDArray array) {
    return array.square().sum().getFloat();
  }

  /**
   * The primal residual, the mean of (what z stands for − f)², and the dual residual, ρ times the
   * root of the mean of (change of z)², under the name of the block below the cut.
   */
  Map<String, Map<String, Double>> measured(Penalties penalties) {
    var measured = new LinkedHashMap<String, Map<String, Double>>();
    for (int cut = 0; cut < cuts.length; cut++) {
      var sums = cuts[cut];
      if (sums.count() > 0) {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("primalResidual", sums.primal() / sums.count());
        figures.put("dualResidual", penalties.at(cut) * Math.sqrt(sums.moved() / sums.count()));
        measured.put(blocks.get(cut).name(), figures);
      }
    }
    return measured;
  }

  /** What has no bound, in words. */
  Optional<String> divergence() {
    for (int cut = 0; cut < cuts.length; cut++) {
      double relative = cuts[cut].relative();
      if (cuts[cut].count() > 0 && !(relative <= LIMIT)) {
        return Optional.of(
            "the primal residual behind %s is %.2g times the square of its outputs"
                .formatted(blocks.get(cut), relative));
      }
    }
    return Optional.empty();
  }
}
