package dev.gradus.rule;

import dev.gradus.equation.Inputs;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Update;
import dev.gradus.schedule.Constant;
import dev.gradus.schedule.Schedule;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;

/**
 * Stochastic gradient descent with PyTorch's options: momentum, dampening, Nesterov and coupled
 * weight decay.
 *
 * <p>Why: the plainest rule, cheap in memory, and with a tuned learning rate still the one to beat
 * for convolutional networks.
 *
 * <pre>sgd = decay(weightDecay) | momentum(momentum, dampening, nesterov)</pre>
 *
 * <p>Cost: 3 floats moved per weight and no state; with momentum 5 floats and one state, {@code
 * buffer}.
 *
 * <p>Use it where the learning rate can be tuned and layers are normalised. Not for transformers or
 * sparse gradients, where adaptive rules win.
 *
 * <p>Disagreements: Nesterov looks ahead with the new buffer from the first step on, as PyTorch
 * does; dampening is not applied to the first buffer.
 *
 * <p>Example: {@code sgd(momentum=0.9, nesterov=true, weightDecay=5e-4)}.
 *
 * <p>Reference: torch.optim.SGD of PyTorch 1.13.
 *
 * @param momentum the share of the old buffer, in [0, 1); a schedule may change it
 * @param dampening how much of a new step is left out of the buffer, in [0, 1]
 * @param nesterov whether to look one step ahead
 * @param weightDecay coupled L2 decay, in [0, ∞)
 */
@Name("sgd")
public record Sgd(
    @Range("[0, 1)") Schedule momentum,
    @Range("[0, 1]") double dampening,
    boolean nesterov,
    @Range("[0, ∞)") double weightDecay)
    implements Rule {

  /** Checks the ranges. */
  public Sgd {
    RecordType.check(Sgd.class, momentum, dampening, nesterov, weightDecay);
  }

  /** Plain gradient descent. */
  public Sgd() {
    this(new Constant(0), 0, false, 0);
  }

  @Override
  public Update update(Inputs in) {
    return in.through(
        new Decay(weightDecay),
        new Momentum(momentum, dampening, nesterov, Momentum.First.GRADIENT));
  }
}
