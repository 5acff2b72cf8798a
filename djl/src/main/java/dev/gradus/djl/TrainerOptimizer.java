package dev.gradus.djl;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.nn.Block;
import ai.djl.training.optimizer.Optimizer;
import dev.gradus.Group;
import dev.gradus.Rules;
import dev.gradus.StepReport;
import dev.gradus.UserException;
import dev.gradus.checkpoint.Checkpoint;
import dev.gradus.checkpoint.CheckpointFolder;
import dev.gradus.checkpoint.Retention;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An optimizer for a DJL training program: it goes where DJL's own go.
 *
 * <pre>{@code
 * new DefaultTrainingConfig(loss)
 *     .optOptimizer(TrainerOptimizer.of(model, "clip-norm(1) | adamp | decay(0.01)", 1e-3));
 * }</pre>
 *
 * <p>A trainer hands out parameters one by one. They are gathered, and when the last gradient of
 * the step is there one step changes all weights in place: so rules may look at the whole model,
 * there is one count of steps, and the order of DJL's parameters does not matter. Gradients are
 * made zero as each is handed out, as DJL's own optimizers do. On several devices the weights of
 * the first are changed and the others take over their values, bit for bit.
 *
 * <p>Weights on the CPU in single precision are changed where they lie; for those of other devices
 * and types {@link dev.gradus.djl.array.NdArrayEngine} computes on the device. Frozen parameters
 * are left alone; one that is unfrozen later joins with states of its own that start afresh.
 *
 * <p>It is bound to the network that it was made for, and to one trainer at a time. Its memory is
 * freed by {@link #close()}, or at the latest when nobody refers to it any more. Not for use by
 * several threads at once.
 */
public final class TrainerOptimizer extends Optimizer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerOptimizer.class);
  private static final Cleaner CLEANER = Cleaner.create();

  private final TrainerBinding binding;
  private final Cleaner.Cleanable cleanable;
  private StepReport report = new StepReport(Optional.empty(), Map.of());
  private boolean closed;

  /** DJL's base class wants a builder, of which it uses nothing here. */
  private static final class Unused extends OptimizerBuilder<Unused> {
    @Override
    protected Unused self() {
      return this;
    }
  }

  TrainerOptimizer(TrainerBinding binding) {
    super(new Unused());
    this.binding = binding;
    cleanable = CLEANER.register(this, binding::close);
  }

  /**
   * An optimizer for all parameters of a model, without decay of biases and normalisation.
   *
   * @param model the model that the trainer is made from
   * @param pipeline update rules, as text
   * @param learningRate the learning rate, in [0, ∞)
   * @return the optimizer
   * @throws UserException if the text can't be read
   */
  public static TrainerOptimizer of(Model model, String pipeline, double learningRate) {
    return of(model).group(Group.all(Rules.parse(pipeline), learningRate)).build();
  }

  /**
   * Starts to describe an optimizer.
   *
   * @param model the model that the trainer is made from; its parameters need no values yet
   * @return a builder without groups
   */
  public static TrainerOptimizerBuilder of(Model model) {
    return new TrainerOptimizerBuilder(model.getName(), model.getBlock());
  }

  /**
   * Starts to describe an optimizer.
   *
   * @param name what messages call the network
   * @param block the block of the model that the trainer is made from
   * @return a builder without groups
   */
  public static TrainerOptimizerBuilder of(String name, Block block) {
    return new TrainerOptimizerBuilder(name, block);
  }

  /**
   * Takes a parameter of the step under way from a trainer; with the last, the step is taken.
   *
   * @throws UserException if the parameter is another network's, has changed its shape, is of
   *     another engine or type than the others, or the optimizer is closed
   */
  @Override
  public void update(String parameterId, NDArray weight, NDArray gradient) {
    if (closed) {
      requireOpen("The optimizer of parameter " + binding.nameOf(parameterId));
    }
    if (binding.arrive(parameterId, weight, gradient)) {
      report = binding.take();
      report.notFinite().ifPresent(TrainerOptimizer::warn);
    }
  }

  private static void warn(String parameter) {
    LOG.warn("A step was left out: the gradient of parameter {} is not finite.", parameter);
  }

  /** Asks for the numbers of {@link StepReport#measured()} in the next step. */
  public void measureNextStep() {
    optimizer().measureNextStep();
  }

  /**
   * What became of the last step.
   *
   * @return the report; one without numbers before the first step
   */
  public StepReport report() {
    return report;
  }

  /**
   * The optimizer itself: its count of steps, learning rates, actions and what its schedules watch.
   * It is another one after a parameter was unfrozen.
   *
   * @return the optimizer, which this object steps and closes
   * @throws UserException if parameters have no values yet, or this optimizer is closed
   */
  public dev.gradus.Optimizer optimizer() {
    requireOpen("The optimizer of the network " + binding.network());
    return binding.optimizer();
  }

  /**
   * A copy of weights, running statistics, states and counts, for a folder of checkpoints.
   *
   * @return the copy, which goes on to be the same whatever is trained
   */
  public Checkpoint checkpoint() {
    return saved().copy();
  }

  /**
   * Goes on from a checkpoint: its weights, running statistics, states and counts become the
   * present ones. On several devices this must happen before the trainer copies the parameters to
   * them: initialise the block, restore, then initialise the trainer.
   *
   * @param checkpoint what {@link #checkpoint()} has returned
   * @throws UserException if it is of another network; nothing is changed then
   */
  public void restore(Checkpoint checkpoint) {
    saved().restore(checkpoint);
  }

  /**
   * Writes a checkpoint to a folder, from which {@link #resume} goes on.
   *
   * @param folder created if it does not exist; it keeps the newest few checkpoints
   * @throws UserException if it can't be written, or is in use
   */
  public void save(Path folder) {
    try (var opened = CheckpointFolder.open(folder, Retention.STANDARD)) {
      opened.write(checkpoint(), optimizer().steps());
    } catch (IOException failure) {
      throw told(failure);
    }
  }

  /**
   * Goes on from the newest checkpoint of a folder, if there is one; see {@link #restore}.
   *
   * @param folder a folder that {@link #save} has written to, or that is new
   * @return whether there was one
   * @throws UserException if it can't be read, or is of another network
   */
  public boolean resume(Path folder) {
    try (var opened = CheckpointFolder.open(folder, Retention.STANDARD);
        var arena = Arena.ofShared()) {
      var newest = opened.newest(arena, LOG::warn);
      newest.ifPresent(stored -> restore(stored.checkpoint()));
      return newest.isPresent();
    } catch (IOException failure) {
      throw told(failure);
    }
  }

  private static UserException told(IOException failure) {
    return new UserException(String.valueOf(failure.getMessage()), failure);
  }

  private TrainerCheckpoint saved() {
    return new TrainerCheckpoint(binding.network(), binding.parameters(), optimizer());
  }

  private void requireOpen(String what) {
    if (closed) {
      throw new UserException(what + " is closed; make another, and close it after the trainer.");
    }
  }

  /** Frees the states and ends the threads; a second time it does nothing. */
  @Override
  public void close() {
    closed = true;
    cleanable.clean();
  }
}
