package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.Optimizer;
import dev.gradus.UserException;
import dev.gradus.compress.Compressor;
import dev.gradus.compress.Dense;
import dev.gradus.djl.data.Augmentation;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.exchange.Transport;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A description of a training run, and the way to start it.
 *
 * <pre>{@code
 * Training.of(network, data).group(group).epochs(20).checkpoints(Checkpoints.in(folder)).run();
 * }</pre>
 *
 * <p>The final weights are a pure function of network, data and the options up to {@link #seed}:
 * two runs agree bit for bit on one machine with one number of threads, and so do a run and one
 * that was killed and resumed any number of times.
 */
public final class Training {
  /** Examples in a batch. */
  public static final int DEFAULT_BATCH = 64;

  /** Epochs. */
  public static final int DEFAULT_EPOCHS = 10;

  /** The seed. */
  public static final long DEFAULT_SEED = 0;

  final Network network;
  final DataSet data;
  final List<Group> groups = new ArrayList<>();
  final List<TrainingListener> listeners = new ArrayList<>();
  final Map<String, String> notes = new LinkedHashMap<>();
  Loss loss;
  InstanceWeights weights;
  InstanceMethod instances = InstanceMethod.UNIFORM;
  TrainingMethod method = TrainingMethod.BACK_PROPAGATION;
  Examples trusted;
  @Nullable Path earlier;
  @Nullable Transport transport;
  Compressor compressor = new Dense();
  Augmentation augmentation = new Augmentation.None();
  OnNotFinite onNotFinite = OnNotFinite.STOP;
  Consumer<Optimizer> beginning = _ -> {};
  BooleanSupplier stop = () -> false;
  int batch = DEFAULT_BATCH;
  int accumulation = 1;
  int epochs = DEFAULT_EPOCHS;
  long seed = DEFAULT_SEED;
  int torchThreads = 1;
  int optimizerThreads = 1;
  long measureEvery;
  @Nullable Checkpoints checkpoints;
  Choice choice = Choice.usual();
  EarlyStopping earlyStopping = EarlyStopping.NEVER;

  private Training(Network network, DataSet data) {
    this.network = network;
    this.data = data;
    loss = Loss.of(data.task());
    weights = InstanceWeights.of(data.task());
    trusted = data.train().subset(new int[0]);
  }

  /**
   * A run with the usual loss and class weights for the data's task.
   *
   * @param network what is trained; afterwards it has the weights of the best epoch
   * @param data what it learns from
   * @return the description, to be completed with at least one {@link #group}
   */
  public static Training of(Network network, DataSet data) {
    return new Training(network, data);
  }

  /**
   * Adds a group of parameters; of several groups that fit a parameter the last counts.
   *
   * @param group its rule, learning rate and schedule
   * @return this
   */
  public Training group(Group group) {
    groups.add(group);
    return this;
  }

  /**
   * How many examples make a step. An epoch is cut into as few batches as this allows, of sizes
   * that differ by at most one, so no example is left out and no small batch is left over.
   *
   * @param batch 1 or more
   * @return this
   */
  public Training batch(int batch) {
    this.batch = requirePositive("The batch size", batch);
    return this;
  }

  /**
   * Into how many parts a batch is cut that are computed one after the other, to save memory. The
   * gradient is the same but for rounding, unless the network normalises over batches.
   *
   * @param parts 1 or more
   * @return this
   */
  public Training accumulation(int parts) {
    accumulation = requirePositive("The number of parts of a batch", parts);
    return this;
  }

  /**
   * How often every example is visited.
   *
   * @param epochs 1 or more
   * @return this
   */
  public Training epochs(int epochs) {
    this.epochs = requirePositive("The number of epochs", epochs);
    return this;
  }

  /**
   * What decides initial weights, order, augmentation and dropout.
   *
   * @param seed any number
   * @return this
   */
  public Training seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * How training inputs are varied.
   *
   * @param augmentation the variation
   * @return this
   */
  public Training augmentation(Augmentation augmentation) {
    this.augmentation = augmentation;
    return this;
  }

  /**
   * What is minimised instead of the usual loss for the task.
   *
   * @param loss a loss; its {@code toString} is kept in checkpoints and compared when resuming
   * @return this
   */
  public Training loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  /**
   * How much each training example counts, instead of by the class weights of the task.
   *
   * @param weights the weights
   * @return this
   */
  public Training weights(InstanceWeights weights) {
    this.weights = weights;
    return this;
  }

  /**
   * How training copes with examples that can't all be trusted alike.
   *
   * @param method how examples are weighed, on top of {@link #weights}
   * @param examples some with labels that are known to be right and that are not trained on; none
   *     for a method that needs none
   * @return this
   * @throws UserException if the method needs trusted examples and there are none
   */
  public Training instances(InstanceMethod method, Examples examples) {
    if (method.trustedBatch() > 0 && examples.size() == 0) {
      throw new UserException(
          method + " needs trusted examples, but there are none; set some of the data aside.");
    }
    instances = method;
    trusted = examples;
    return this;
  }

  /**
   * How the gradients of a step are made.
   *
   * @param method instead of {@link TrainingMethod#BACK_PROPAGATION}
   * @return this
   */
  public Training method(TrainingMethod method) {
    this.method = method;
    return this;
  }

  /**
   * Lets a new run begin with what an earlier one has learned about single examples, such as their
   * rates, when some were added, removed or changed since. An example is known again by its name
   * and contents, or by its contents alone; how many are new, gone and changed is among the
   * problems of {@link TrainingEvent.Started}. A run that goes on from a checkpoint does not do it.
   *
   * @param folder checkpoints of a run with the same {@link #instances method}
   * @return this
   */
  public Training instancesFrom(Path folder) {
    earlier = folder;
    return this;
  }

  /**
   * Makes this run one worker of several that train one network together. Each is given the same
   * network, data and options; of every batch it computes its part, and all make the same steps
   * with the mean of their gradients, so that their weights stay the same to the bit. Normalisation
   * over batches sees a worker's part only; running statistics are averaged at the end of an epoch.
   *
   * <p>Every worker validates; worker 0 alone tests and keeps the best weights. Checkpoints of the
   * others, in {@code worker-RANK} of the folder, have what they alone remember.
   *
   * @param transport to the others
   * @param compressor how gradients are packed
   * @return this
   */
  public Training workers(Transport transport, Compressor compressor) {
    this.transport = transport;
    this.compressor = compressor;
    return this;
  }

  /**
   * By which validation metric the best epoch is chosen.
   *
   * @param choice the choice; without this call, {@link Choice#usual}
   * @return this
   */
  public Training chooseBy(Choice choice) {
    this.choice = choice;
    return this;
  }

  /**
   * Ends the run when the validation metric of its choice does not improve any more.
   *
   * @param rule when
   * @return this
   */
  public Training earlyStopping(EarlyStopping rule) {
    earlyStopping = rule;
    return this;
  }

  /**
   * What happens when a loss or a gradient is not finite.
   *
   * @param reaction to stop, or to leave the step out
   * @return this
   */
  public Training onNotFinite(OnNotFinite reaction) {
    onNotFinite = reaction;
    return this;
  }

  /**
   * How many threads work. With another number for PyTorch the last bits of sums may differ.
   *
   * @param torch for one operation of PyTorch, 1 or more
   * @param optimizer for the optimizer, 1 or more; makes no difference to the bits
   * @return this
   */
  public Training threads(int torch, int optimizer) {
    torchThreads = requirePositive("The number of PyTorch's threads", torch);
    optimizerThreads = requirePositive("The number of the optimizer's threads", optimizer);
    return this;
  }

  /**
   * Keeps checkpoints, so that a run that dies can go on.
   *
   * @param checkpoints where and how often
   * @return this
   */
  public Training checkpoints(Checkpoints checkpoints) {
    this.checkpoints = checkpoints;
    return this;
  }

  /**
   * Measures each tensor's gradient, weight and update in some steps.
   *
   * @param steps in every how manieth step; 0 for never
   * @return this
   */
  public Training measureEvery(long steps) {
    measureEvery = steps;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener is told everything that happens
   * @return this
   */
  public Training listener(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * What is done with the optimizer before the first step of a new run, such as to give it states
   * that another program has trained. A run that goes on from a checkpoint does not do it.
   *
   * @param beginning what is done
   * @return this
   */
  public Training beginWith(Consumer<Optimizer> beginning) {
    this.beginning = beginning;
    return this;
  }

  /**
   * How the run is asked to stop: it is after every step, and then writes a checkpoint and ends.
   *
   * @param stop whether to stop now; may be answered from any thread's knowledge
   * @return this
   */
  public Training stopWhen(BooleanSupplier stop) {
    this.stop = stop;
    return this;
  }

  /**
   * A text to be kept in every checkpoint, such as the program's version. It is not compared.
   *
   * @param key its name
   * @param text the text
   * @return this
   */
  public Training note(String key, String text) {
    notes.put(key, text);
    return this;
  }

  /**
   * Trains in this thread, until the end or until asked to stop.
   *
   * @return what came of it
   * @throws NotFiniteException if a loss or gradient is not finite and steps are not skipped
   * @throws UserException if the checkpoints are of another run, or the folder, the data or the
   *     network cannot be used
   */
  public TrainingResult run() {
    if (groups.isEmpty()) {
      throw new IllegalStateException("no group of parameters");
    }
    try (var arena = Arena.ofShared();
        var keeper = CheckpointKeeper.of(ownCheckpoints(), choice);
        var opened = new Opened()) {
      return new TrainingRun(this, keeper, arena, opened).run();
    }
  }

  private @Nullable Checkpoints ownCheckpoints() {
    return checkpoints == null || transport == null
        ? checkpoints
        : checkpoints.ofWorker(transport.rank());
  }

  private static int requirePositive(String what, int value) {
    if (value < 1) {
      throw new UserException(what + " is 1 or more, not " + value + ".");
    }
    return value;
  }
}
