package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.training.TrainingConfig;
import ai.djl.training.evaluator.Evaluator;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.PairList;
import dev.gradus.UserException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a trainer that takes no step: listeners, evaluators and loss of another one.
 */
record LookingOnly(TrainingConfig other) implements TrainingConfig {

  @Override
  public ai.djl.training.loss.Loss getLossFunction() {
    return other.getLossFunction();
  }

  @Override
  public List<Evaluator> getEvaluators() {
    return other.getEvaluators();
  }

  @Override
  public List<TrainingListener> getTrainingListeners() {
    return other.getTrainingListeners();
  }

  /** Networks are trained on the CPU. */
  @Override
  public Device[] getDevices() {
    return new Device[] {Device.cpu()};
  }

  @Override
  public PairList<Initializer, Predicate<Parameter>> getInitializers() {
    return new PairList<>();
  }

  @Override
  @SuppressWarnings(
      "NullAway") // DJL's interface is not annotated; its own configuration gives null.
  public @Nullable ExecutorService getExecutorService() {
    return null;
  }

  @Override
  public Optimizer getOptimizer() {
    return new NoSteps();
  }

  /** Refuses every update. */
  private static final class NoSteps extends Optimizer {

    /** DJL's base class wants a builder, of which it uses nothing here. */
    private static final class Unused extends OptimizerBuilder<Unused> {
      @Override
      protected Unused self() {
        return this;
      }
    }

    NoSteps() {
      super(new Unused());
    }

    @Override
    public void update(String parameterId, NDArray weight, NDArray gradient) {
      throw new UserException(
          "A listener has called Trainer.step(); Training takes the steps itself, so leave it out"
              + " there.");
    }
  }
}
