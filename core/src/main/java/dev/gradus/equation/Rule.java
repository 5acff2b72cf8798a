package dev.gradus.equation;

import java.util.Map;

/**
 * An update rule: a pure function from the step so far to the next. A rule is a record whose
 * components are its options; it contains no loop, no index and no device.
 *
 * <p>There is one kind of rule. What documentation calls a base (Adam) is a rule with moments that
 * reads {@link Inputs#step()}; clipping, decay, projection and weight rescaling are rules like it,
 * joined in a {@link Pipeline}.
 */
@FunctionalInterface
public interface Rule {
  /**
   * Adds this rule to the update.
   *
   * @param inputs what the rule may look at, and nothing else
   * @return the update with this rule in it
   */
  Update update(Inputs inputs);

  /**
   * What the rule can do between two steps, by name: {@code start} before the first step, {@code
   * restart} at any time. An action is written like a rule; it may set the weight and states, but
   * there is no gradient and no step, and nothing is counted.
   *
   * @return the actions, none unless a rule says otherwise
   */
  default Map<String, Rule> actions() {
    return Map.of();
  }
}
