package dev.gradus.djl.torch;

import dev.gradus.UserException;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Stage;
import dev.gradus.rule.AdaDelta;
import dev.gradus.rule.AdaGrad;
import dev.gradus.rule.Adam;
import dev.gradus.rule.AdamW;
import dev.gradus.rule.AmsGrad;
import dev.gradus.rule.ClipNorm;
import dev.gradus.rule.ClipValue;
import dev.gradus.rule.EpsilonPlacement;
import dev.gradus.rule.NAdam;
import dev.gradus.rule.RAdam;
import dev.gradus.rule.RmsProp;
import dev.gradus.rule.Sgd;
import dev.gradus.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The optimizer of PyTorch that computes what a pipeline computes. Gradients may be clipped before
 * it: in PyTorch that is a function of its own, which keeps nothing.
 *
 * @param name the class in {@code torch.optim}
 * @param states PyTorch's names of states by ours; the same numbers on both sides
 * @param options what a group of parameters says beside its learning rate
 */
record Counterpart(String name, Map<String, String> states, SortedMap<String, Object> options) {
  private static final String SGD = "SGD";
  private static final String ADAGRAD = "Adagrad";
  private static final String STEP = "step";
  private static final String DECAY = "weight_decay";
  private static final String EPSILON = "eps";
  private static final Map<String, String> ADAM =
      Map.of(
          "m", "exp_avg",
          "v", "exp_avg_sq",
          "vMax", "max_exp_avg_sq",
          "muProduct", "mu_product",
          "steps", STEP);
  private static final Map<String, String> SQUARES =
      Map.of(
          "v", "square_avg",
          "gAvg", "grad_avg",
          "buffer", "momentum_buffer",
          "delta", "acc_delta",
          "sum", "sum",
          "steps", STEP);
  private static final Map<String, String> MOMENTUM =
      Map.of("buffer", "momentum_buffer", "steps", STEP);

  /**
   * The counterpart of a pipeline.
   *
   * @throws UserException if PyTorch has none
   */
  static Counterpart of(Pipeline pipeline) {
    var rules = pipeline.stages().stream().map(Stage::rule).filter(rule -> !clips(rule)).toList();
    return of(rules)
        .orElseThrow(
            () ->
                new UserException(
                    "PyTorch has no optimizer that computes '%s'; leave its states to Gradus's own checkpoints."
                        .formatted(pipeline)));
  }

  /** Whether PyTorch keeps a count of the steps of a parameter. */
  boolean counts() {
    return !name.equals(SGD);
  }

  /** Whether PyTorch keeps states of a parameter that has not taken a step yet. */
  boolean keptFromTheStart() {
    return name.equals(ADAGRAD);
  }

  /** The states of a parameter, with a count of steps where PyTorch keeps none. */
  Map<String, Tensor> counted(Map<String, Tensor> states) {
    var counted = new TreeMap<>(states);
    if (!counts()) {
      counted.putIfAbsent(STEP, Scalars.single(STEP, 1));
    }
    return counted;
  }

  private static boolean clips(Rule rule) {
    return rule instanceof ClipNorm || rule instanceof ClipValue;
  }

  private static Optional<Counterpart> of(List<Rule> rules) {
    return rules.size() == 1 ? of(rules.getFirst()) : Optional.empty();
  }

  private static Optional<Counterpart> of(Rule rule) {
    return Optional.ofNullable(
        switch (rule) {
          case Sgd sgd when sgd.momentum().lowest() == sgd.momentum().highest() -> of(sgd);
          case Adam adam
              when adam.biasCorrection()
                  && !adam.nesterov()
                  && adam.epsilonPlacement() == EpsilonPlacement.AFTER_CORRECTION ->
              adam("Adam", adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay())
                  .with("amsgrad", adam.amsgrad());
          case AmsGrad adam ->
              adam("Adam", adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay())
                  .with("amsgrad", true);
          case AdamW adam when adam.epsilonPlacement() == EpsilonPlacement.AFTER_CORRECTION ->
              adam("AdamW", adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay())
                  .with("amsgrad", adam.amsgrad());
          case NAdam adam ->
              adam("NAdam", adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay())
                  .with("momentum_decay", adam.momentumDecay());
          case RAdam adam ->
              adam("RAdam", adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay());
          case RmsProp rmsProp when !rmsProp.biasCorrection() -> of(rmsProp);
          case AdaGrad adaGrad -> of(adaGrad);
          case AdaDelta adaDelta -> of(adaDelta);
          default -> null;
        });
  }

  private static Counterpart of(Sgd sgd) {
    return new Counterpart(SGD, MOMENTUM, new TreeMap<>())
        .with("momentum", sgd.momentum().highest())
        .with("dampening", sgd.dampening())
        .with("nesterov", sgd.nesterov())
        .with(DECAY, sgd.weightDecay());
  }

  private static Counterpart adam(
      String name, double beta1, double beta2, double epsilon, double decay) {
    return new Counterpart(name, ADAM, new TreeMap<>())
        .with("betas", List.of(beta1, beta2))
        .with(EPSILON, epsilon)
        .with(DECAY, decay);
  }

  private static Counterpart of(RmsProp rule) {
    return new Counterpart("RMSprop", SQUARES, new TreeMap<>())
        .with("alpha", rule.beta2())
        .with(EPSILON, rule.epsilon())
        .with(DECAY, rule.weightDecay())
        .with("momentum", rule.momentum())
        .with("centered", rule.centered());
  }

  private static Counterpart of(AdaGrad rule) {
    return new Counterpart(ADAGRAD, SQUARES, new TreeMap<>())
        .with("lr_decay", rule.learningRateDecay())
        .with(EPSILON, rule.epsilon())
        .with(DECAY, rule.weightDecay())
        .with("initial_accumulator_value", rule.initialAccumulator());
  }

  private static Counterpart of(AdaDelta rule) {
    return new Counterpart("Adadelta", SQUARES, new TreeMap<>())
        .with("rho", rule.beta2())
        .with(EPSILON, rule.epsilon())
        .with(DECAY, rule.weightDecay());
  }

  private Counterpart with(String option, Object value) {
    var more = new TreeMap<>(options);
    more.put(option, value);
    return new Counterpart(name, states, more);
  }
}
