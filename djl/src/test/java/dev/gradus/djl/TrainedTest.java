package dev.gradus.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.gradus.UserException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished training in other hands. */
class TrainedTest {
  @TempDir Path folder;
  private TrainingResult result;

  @BeforeEach
  void train() {
    try (var network = Tiny.network()) {
      result = Tiny.training(network, Tiny.data()).checkpoints(Checkpoints.in(folder)).run();
    }
  }

  @Test
  void theBestWeightsMeasureAsTheRunDid() {
    try (var arena = Arena.ofConfined();
        var network = Tiny.network()) {
      var trained = best(arena);
      trained.into(network);
      var task = trained.data().task();
      assertThat(new Evaluation(network, task, Loss.of(task), 8).of(Tiny.data().test()))
          .isEqualTo(result.test());
    }
  }

  private Trained best(Arena arena) {
    return Trained.best(folder, arena, problem -> assertThat(problem).isNull());
  }

  @Test
  void tellsWhatItWasTrainedOn() {
    try (var arena = Arena.ofConfined()) {
      var trained = best(arena);
      assertThat(trained.network()).isEqualTo("tiny");
      assertThat(trained.data()).isEqualTo(Tiny.data().description());
      assertThat(trained.choice()).isEqualTo(Choice.usual());
      assertThat(Trained.newest(folder, arena, _ -> {}).checkpoint().step())
          .isEqualTo(result.steps());
    }
  }

  /** A DJL service answers as {@link Answers} does. */
  @Test
  void aPredictorOfDjlGivesTheSameAnswers() throws TranslateException {
    try (var arena = Arena.ofConfined();
        var network = Tiny.network();
        var model = Model.newInstance("service")) {
      var trained = best(arena);
      model.setBlock(block());
      trained.into(Network.of(model));
      trained.into(network);
      var examples = Tiny.data().test();
      var answers = new ArrayList<Answers.Answer>();
      new Answers(network, trained.data().task(), 1).to(examples, answers::add);
      try (var predictor = model.newPredictor(new Classes())) {
        for (Answers.Answer answer : answers) {
          var input = new float[examples.inputLength()];
          examples.input(answer.index(), input, 0);
          Classifications classes = predictor.predict(input);
          assertThat(classes.best().getClassName()).isEqualTo("" + answer.mostProbable());
          assertThat(classes.best().getProbability())
              .isCloseTo(answer.values().get(answer.mostProbable()), within(1e-6));
        }
      }
    }
  }

  private static Block block() {
    try (var network = Tiny.network()) {
      return network.block();
    }
  }

  private record Classes() implements Translator<float[], Classifications> {
    @Override
    public NDList processInput(TranslatorContext context, float[] input) {
      return new NDList(context.getNDManager().create(input, new Shape(1, 6, 6)));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList list) {
      var names = List.of("0", "1", "2");
      return new Classifications(names, list.singletonOrThrow().softmax(0));
    }

    @Override
    public Batchifier getBatchifier() {
      return Batchifier.STACK;
    }
  }

  @Test
  void refusesAnotherNetwork() {
    try (var arena = Arena.ofConfined();
        var other = Tiny.plain()) {
      var trained = best(arena);
      assertThatThrownBy(() -> trained.into(other))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("absent then")
          .hasMessageContaining("; build the network that was trained.");
    }
  }
}
