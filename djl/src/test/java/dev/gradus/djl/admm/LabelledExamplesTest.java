package dev.gradus.djl.admm;

import static dev.gradus.djl.admm.SmallRuns.network;
import static dev.gradus.djl.admm.SmallRuns.requireSame;
import static dev.gradus.djl.admm.SmallRuns.training;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.djl.Network;
import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.instance.DataParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelledExamplesTest {
  private static final double SHARE = 0.4;
  private static final DeepFacto METHOD = new DeepFacto().with("labelled", SHARE);
  private static final Examples TRAIN = Few.images().train();
  private static final LabelledExamples LABELLED = LabelledExamples.of(TRAIN, SHARE, 0);

  /** The examples, but those without a label are brighter and of other classes. */
  private static Examples changed(float brighter, int further) {
    var inputs = new ArrayList<float[]>();
    var targets = new ArrayList<float[]>();
    for (int index = 0; index < TRAIN.size(); index++) {
      var input = new float[TRAIN.inputLength()];
      var target = new float[1];
      TRAIN.input(index, input, 0);
      TRAIN.target(index, target, 0);
      if (!LABELLED.has(index)) {
        IntStream.range(0, input.length).forEach(pixel -> input[pixel] += brighter);
        target[0] = (target[0] + further) % 3;
      }
      inputs.add(input);
      targets.add(target);
    }
    return new Few.Held(TRAIN.inputShape(), inputs, List.of(), targets);
  }

  private static Network factorised() {
    return network("factorised(model=mlp(width=24), rank=6)");
  }

  private static Training with(Network network, Examples examples) {
    return Training.of(network, Few.data(Few.CLASSES, examples))
        .group(Group.all(Rules.parse("adam"), 1e-2))
        .batch(8)
        .epochs(3)
        .method(METHOD);
  }

  private static Map<String, float[]> trained(Examples examples) {
    try (var network = factorised()) {
      with(network, examples).run();
      return Few.values(network);
    }
  }

  @Test
  void otherLabelsAreNotLookedAt() {
    requireSame(trained(changed(0, 1)), trained(TRAIN));
  }

  @Test
  void theFactorisationLearnsFromAll() {
    var bright = trained(changed(0.5f, 0)).get("factors.dictionary");
    assertThat(bright).isNotEqualTo(trained(TRAIN).get("factors.dictionary"));
  }

  @Test
  void anExampleIsLabelledOrNotWhateverElseThereIs() {
    var all = names(TRAIN);
    assertThat(all.size()).isBetween(12, 27);
    var others = IntStream.range(0, 20).map(place -> 40 - place).toArray();
    var some = TRAIN.subset(others);
    var expected = new TreeSet<>(all);
    expected.retainAll(IntStream.of(others).mapToObj(TRAIN::identity).toList());
    assertThat(names(some)).isEqualTo(expected);
  }

  private static Set<String> names(Examples examples) {
    var labelled = LabelledExamples.of(examples, SHARE, 0);
    var names = new TreeSet<String>();
    IntStream.range(0, examples.size())
        .filter(labelled::has)
        .forEach(index -> names.add(examples.identity(index)));
    return names;
  }

  @Test
  void anotherSeedChoosesOthers() {
    var other = LabelledExamples.of(TRAIN, SHARE, 1);
    assertThat(IntStream.range(0, TRAIN.size()))
        .anyMatch(index -> other.has(index) != LABELLED.has(index));
  }

  /** A network that knows nothing has the loss log 3 with every example. */
  @Test
  void tellsTheMeanLossOfTheLabelledAndHowManyTheyAre() {
    var events = new ArrayList<TrainingEvent>();
    try (var network = factorised()) {
      network.initialise(TRAIN.inputShape(), 1);
      network.tensors().stream()
          .filter(tensor -> tensor.name().equals("output.weight"))
          .forEach(tensor -> tensor.data().fill((byte) 0));
      with(network, TRAIN).batch(48).epochs(2).listener(events::add).run();
    }
    assertThat(events)
        .filteredOn(TrainingEvent.StepDone.class::isInstance)
        .first()
        .satisfies(
            event ->
                assertThat(((TrainingEvent.StepDone) event).loss())
                    .isCloseTo(Math.log(3), within(1e-5)));
    assertThat(events)
        .filteredOn(TrainingEvent.Noticed.class::isInstance)
        .extracting(event -> ((TrainingEvent.Noticed) event).sentence())
        .containsExactly(
            "Of the 48 training examples %d are labelled; the others teach the factorisation alone."
                .formatted(names(TRAIN).size()));
  }

  @Test
  void refusesToTrainWithoutAnyLabel() {
    assertThatThrownBy(() -> LabelledExamples.of(TRAIN, 1e-6, 0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "None of the 48 training examples is labelled if a share of 1.0E-6 is; take a larger"
                + " share.");
  }

  @Test
  void refusesWhatLearnsFromAllLabels() {
    try (var network = factorised()) {
      var training = training(network, METHOD).instances(new DataParameters(), TRAIN);
      assertThatThrownBy(training::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("learns from the labels of all examples, some of which deepfacto");
    }
  }
}
