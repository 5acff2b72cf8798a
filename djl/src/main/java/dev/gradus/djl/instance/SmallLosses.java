package dev.gradus.djl.instance;

import dev.gradus.djl.Batch;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.data.DataSet;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.Arrays;

/**
 * Small-loss selection: in every batch only the examples with the smallest losses are learned from,
 * since wrong labels are learned last.
 *
 * <pre>
 * aᵢ = 1 ÷ keep for the share keep of the batch with the smallest losses, otherwise 0
 * </pre>
 *
 * <p>Cost: none. Needs no trusted examples, but a guess of how many labels are right.
 *
 * <p>Disagreements: Co-teaching selects by the losses of a second network; here the network selects
 * for itself.
 *
 * <p>Reference: Han et al., Co-teaching, NeurIPS 2018.
 *
 * @param keep the share that is learned from, in (0, 1]
 */
@Name("small-losses")
public record SmallLosses(@Range("(0, 1]") double keep) implements InstanceMethod {
  /** Checks the range. */
  public SmallLosses {
    RecordType.check(SmallLosses.class, keep);
  }

  /** Learning from seven in ten. */
  public SmallLosses() {
    this(0.7);
  }

  @Override
  public Running start(DataSet data) {
    return this::weigh;
  }

  @Override
  public String toString() {
    return RecordType.of(SmallLosses.class).print(this);
  }

  private void weigh(Batch part, float[] losses, float[] weights) {
    float[] sorted = losses.clone();
    Arrays.sort(sorted);
    int kept = Math.max(1, (int) Math.round(keep * losses.length));
    float bound = sorted[kept - 1];
    float factor = (float) losses.length / count(losses, bound);
    for (int place = 0; place < weights.length; place++) {
      weights[place] *= losses[place] <= bound ? factor : 0;
    }
  }

  /** Of equal losses all are kept or none. */
  private static int count(float[] losses, float bound) {
    int count = 0;
    for (float loss : losses) {
      count += loss <= bound ? 1 : 0;
    }
    return count;
  }
}
