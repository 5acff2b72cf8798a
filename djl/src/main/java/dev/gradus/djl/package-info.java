/**
 * The training loop: a DJL network on PyTorch, its data, and an optimizer of {@code dev.gradus}
 * that changes the weights in place.
 *
 * <p>{@link dev.gradus.djl.Training} describes a run and starts it. One step goes in one direction:
 *
 * <pre>
 *   reader's thread      index → input → augmentation → native memory, a few batches ahead
 *   training thread      forward → loss of each example → weighted mean → backward
 *                        → mean of all workers' gradients → optimizer → gradients to zero
 * </pre>
 *
 * <p>Several workers make the steps of a run together over a {@link dev.gradus.exchange.Transport}
 * ({@link dev.gradus.djl.Training#workers}); {@link dev.gradus.djl.LocalWorkers} are some in one
 * process.
 *
 * <p>{@link dev.gradus.djl.TrainerOptimizer} is for programs that keep DJL's own trainer: it takes
 * the place of DJL's optimizers.
 *
 * <p>Weights and gradients are read and written where PyTorch keeps them; nothing is copied. Arrays
 * that an iteration makes are freed at its end, so native memory stays flat.
 *
 * <p><b>The same bits.</b> Initial weights are a function of (seed, parameter name), the order of
 * the examples of (seed, epoch), augmentation of (seed, epoch, index), dropout of (seed, step). So
 * a run that was killed and resumed ends with the weights of one that was not. PyTorch adds in
 * another order when it has another number of threads; that number is kept in checkpoints, and a
 * resumed run that has another one says so.
 *
 * <p><b>Honest figures.</b> Everything is chosen on the validation examples; the test examples are
 * read once, at the end, with the weights of the best epoch.
 *
 * <p><b>Checkpoints</b> are those of {@code dev.gradus.checkpoint}. Tensors: every parameter and
 * running statistic under its name, the optimizer's states under {@code parameter/state}. Texts:
 *
 * <table>
 *   <caption>Texts in a checkpoint</caption>
 *   <tr><th>key</th><th>text</th></tr>
 *   <tr><td>{@code identity.…}</td><td>what a resumed run must share: network, data, optimizer,
 *       batch, epochs, seed and so on</td></tr>
 *   <tr><td>{@code progress.…}</td><td>step, epoch, the cursor in the epoch, the epoch's loss so
 *       far, the best epoch and its metrics, for how long nothing has improved</td></tr>
 *   <tr><td>{@code threads.…}</td><td>how many threads were used</td></tr>
 *   <tr><td>{@code workers}</td><td>how many workers there were, if more than one; what each
 *       alone remembers is under {@code exchange/…} of its own checkpoint</td></tr>
 *   <tr><td>{@code note.…}</td><td>what the program wanted to keep</td></tr>
 *   <tr><td>{@code finished}, {@code test.…}</td><td>only after the last step: the test
 *       metrics</td></tr>
 * </table>
 */
@NullMarked
package dev.gradus.djl;

import org.jspecify.annotations.NullMarked;
