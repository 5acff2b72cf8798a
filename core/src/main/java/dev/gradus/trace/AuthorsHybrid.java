package dev.gradus.trace;

import dev.gradus.UserException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Multiplicative and hybrid updates as their authors' code has them: nothing is done about weights
 * of 0, a bias correction stands in front of the rates unless said otherwise, Nesterov does not
 * look ahead in the first step, and Adagrad's falling rate is not used.
 */
final class AuthorsHybrid {
  private static final Set<String> METHODS = Set.of("hybrid", "multiplicative");
  private static final String PLACEMENT = "biasCorrectionPlacement";
  private static final String GAMMA = "gamma";
  private static final String ONE = "1(\\.0*)?";

  private AuthorsHybrid() {}

  static boolean isMeantBy(String method) {
    return METHODS.contains(method);
  }

  /** Turns a trace's options into those of rules, and names the rules from left to right. */
  static List<String> rules(String method, @Nullable String base, Map<String, String> options) {
    if (base == null) {
      throw new UserException("Method '%s' needs the option base.".formatted(method));
    }
    String placement = options.remove(PLACEMENT);
    options.put("correction", "inside-tanh".equals(placement) ? "inside" : "outside");
    options.put("zero", "stuck");
    String stage = stage(method, options);
    if (base.equals("adagrad")) {
      options.remove("learningRateDecay");
    }
    if (!base.equals("sgd")) {
      return List.of(base, stage);
    }
    options.putIfAbsent("weightDecay", "0");
    options.putIfAbsent("momentum", "0");
    options.put("first", "plain");
    return List.of("decay", "momentum", stage);
  }

  /** Traces of the multiplicative update give gamma, which is 1. */
  private static String stage(String method, Map<String, String> options) {
    boolean pure = method.equals("multiplicative") && options.getOrDefault(GAMMA, "1").matches(ONE);
    if (pure) {
      options.remove(GAMMA);
    }
    return pure ? method : "hybrid";
  }
}
