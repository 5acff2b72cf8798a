package dev.gradus.examples;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.gradus.djl.Network;
import dev.gradus.djl.Trained;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/**
 * What a service does with a run of {@link OwnLoop}: the best epoch's weights go into a DJL model,
 * whose predictors answer. One model serves all threads; a predictor serves one.
 */
public final class Service implements AutoCloseable {
  private final Model model = Model.newInstance("spirals");
  private final Translator<float[], Classifications> translator;

  /**
   * Loads a run.
   *
   * @param folder that of the run
   */
  public Service(Path folder) {
    model.setBlock(Spirals.network());
    try (var arena = Arena.ofConfined()) {
      var trained = Trained.best(folder.resolve("checkpoints"), arena, System.err::println);
      trained.into(Network.of(model));
      translator = new Points();
    }
  }

  /**
   * Something that answers.
   *
   * @return a predictor for one thread, to be closed
   */
  public Predictor<float[], Classifications> newPredictor() {
    return model.newPredictor(translator);
  }

  /** From two coordinates to probabilities. */
  private static final class Points implements Translator<float[], Classifications> {
    @Override
    public NDList processInput(TranslatorContext context, float[] point) {
      return new NDList(context.getNDManager().create(point));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList outputs) {
      return new Classifications(Spirals.ARMS, outputs.singletonOrThrow().softmax(0));
    }

    @Override
    public Batchifier getBatchifier() {
      return Batchifier.STACK;
    }
  }

  @Override
  public void close() {
    model.close();
  }

  /**
   * Answers for two points.
   *
   * @param arguments the folder of a run of {@link OwnLoop}
   */
  public static void main(String[] arguments) throws TranslateException {
    try (var service = new Service(Path.of(arguments[0]));
        var predictor = service.newPredictor()) {
      for (float[] point : List.of(new float[] {0.16f, 0.47f}, new float[] {-0.49f, -0.1f})) {
        Classifications answer = predictor.predict(point);
        System.out.printf(
            "(%s, %s) is on the %s arm%n", point[0], point[1], answer.best().getClassName());
      }
    }
  }
}
