package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.translate.Transform;
import dev.gradus.UserException;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Data sets and losses of DJL in our loop: the same numbers as with our own. */
class DjlDataTest {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu());

  @AfterEach
  void free() {
    manager.close();
  }

  private ArrayDataset.Builder records(Examples examples, DataType labels) {
    var inputs = new float[examples.size() * 36];
    var targets = new float[examples.size()];
    for (int index = 0; index < examples.size(); index++) {
      examples.input(index, inputs, index * 36);
      examples.target(index, targets, index);
    }
    return new ArrayDataset.Builder()
        .setData(manager.create(inputs, new Shape(examples.size(), 1, 6, 6)))
        .optLabels(manager.create(targets).toType(labels, false))
        .setSampling(4, true);
  }

  private Examples same(Examples examples, DataType labels) {
    return DjlExamples.of(records(examples, labels).build());
  }

  private DataSet data(DataType labels) {
    var own = Tiny.data();
    return DataSet.of(
        own.name(),
        own.task(),
        same(own.train(), labels),
        same(own.validation(), labels),
        same(own.test(), labels));
  }

  private static Map<String, float[]> weights(DataSet data, Loss loss) {
    try (var network = Tiny.network()) {
      Tiny.training(network, data).loss(loss).run();
      return new TreeMap<>(Tiny.values(network));
    }
  }

  @Test
  void anArrayDatasetGivesTheSameBitsAsOurOwnExamples() {
    var own = weights(Tiny.data(), new Loss.CrossEntropy());
    var theirs = weights(data(DataType.INT64), new Loss.CrossEntropy());
    own.forEach((name, values) -> assertThat(theirs.get(name)).as(name).isEqualTo(values));
    assertThat(data(DataType.INT32).fingerprint()).isEqualTo(Tiny.data().fingerprint());
  }

  @Test
  void transformsAreCarriedOut() {
    var own = Tiny.images(3, 1);
    var doubled =
        DjlExamples.of(
            records(own, DataType.FLOAT32)
                .optDataBatchifier(ai.djl.translate.Batchifier.STACK)
                .build());
    assertThat(doubled.inputShape()).containsExactly(1L, 6L, 6L);
    var twice = DjlExamples.of(records(own, DataType.FLOAT32).addTransform(new Twice()).build());
    var expected = new float[36];
    var found = new float[36];
    own.input(2, expected, 0);
    twice.input(2, found, 0);
    assertThat(found[7]).isEqualTo(2 * expected[7]);
    assertThat(twice.targetShape()).isEmpty();
    assertThat(twice.identity(2)).isEqualTo("record 2");
  }

  private record Twice() implements Transform {
    @Override
    public NDArray transform(NDArray array) {
      return array.mul(2);
    }
  }

  @Test
  void refusesRecordsOfTwoInputsAndEmptyDataSets() {
    var two =
        new ArrayDataset.Builder()
            .setData(manager.ones(new Shape(3, 2)), manager.ones(new Shape(3, 2)))
            .optLabels(manager.ones(new Shape(3)))
            .setSampling(1, false)
            .build();
    assertThatThrownBy(() -> DjlExamples.of(two))
        .isInstanceOf(UserException.class)
        .hasMessage("A record has 2 inputs; give it exactly one.");
    var none = records(Tiny.images(3, 1), DataType.FLOAT32).optLimit(0).build();
    assertThatThrownBy(() -> DjlExamples.of(none))
        .isInstanceOf(UserException.class)
        .hasMessage("The data set has no records; leave this part out.");
  }

  @Test
  void refusesAClassInSeveralNumbers() {
    var hot =
        DjlExamples.of(
            new ArrayDataset.Builder()
                .setData(manager.ones(new Shape(9, 1, 6, 6)))
                .optLabels(manager.ones(new Shape(9, 3)))
                .setSampling(1, false)
                .build());
    try (var network = Tiny.plain()) {
      var training = Tiny.training(network, DataSet.of("hot", Tiny.CLASSES, hot, hot, hot));
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "The data set hot has targets of 3 numbers, but that of a classification is one"
                  + " class number.");
    }
  }

  @Test
  void aLossOfDjlGivesTheWeightsOfOurs() {
    var own = weights(Tiny.data(), new Loss.CrossEntropy());
    var theirs =
        weights(Tiny.data(), Loss.of(ai.djl.training.loss.Loss.softmaxCrossEntropyLoss("soft")));
    own.forEach(
        (name, values) ->
            assertThat(theirs.get(name)).as(name).containsExactly(values, within(1e-4f)));
  }

  @Test
  void aLossOfDjlIsComputedForEachExample() {
    var outputs = manager.create(new float[] {1, 2, 3, 4, 5, 9}, new Shape(3, 2));
    var targets = manager.create(new float[] {1, 1, 3, 4, 5, 5}, new Shape(3, 2));
    var each = Loss.of(ai.djl.training.loss.Loss.l2Loss("half", 0.5f)).ofEach(outputs, targets);
    assertThat(each.toFloatArray()).containsExactly(0.25f, 0, 4);
    assertThat(Loss.of(ai.djl.training.loss.Loss.l2Loss("half", 0.5f))).hasToString("DJL's half");
  }

  /** A loss that grows with the batch. */
  private static final class Total extends ai.djl.training.loss.Loss {
    Total() {
      super("total");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      return predictions.head().sub(labels.head()).square().sum();
    }
  }

  @Test
  void refusesALossThatIsNoMean() {
    var outputs = manager.create(new float[] {1, 2}, new Shape(2, 1));
    var targets = manager.create(new float[] {0, 0}, new Shape(2, 1));
    var loss = Loss.of(new Total());
    assertThatThrownBy(() -> loss.ofEach(outputs, targets))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The loss total of a batch, 5.0, is not the mean over its examples, 2.5; write it as a"
                + " dev.gradus.djl.Loss.");
  }
}
