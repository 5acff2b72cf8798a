package dev.gradus.djl;

import dev.gradus.Group;
import dev.gradus.Parameter;
import dev.gradus.UserException;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Stage;
import dev.gradus.rule.UnitRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves weight rescaling out for weights that feed no normalisation layer, because their length
 * matters to the network.
 *
 * @param groups the groups as described, of which the last that fits a parameter counts
 * @param network the network's name, for messages
 * @param normalised the weights that feed a normalisation layer
 */
record Rescaling(List<Group> groups, String network, Set<String> normalised) {
  private static final int MATRIX = 2;

  /**
   * The groups, and behind them one for each exception.
   *
   * @throws UserException if no weight is left to be rescaled
   */
  List<Group> over(List<Parameter> parameters) {
    List<Parameter> concerned =
        parameters.stream().filter(p -> p.shape().rank() >= MATRIX && isRescaled(p)).toList();
    var all = new ArrayList<>(groups);
    concerned.stream()
        .filter(p -> !normalised.contains(p.name()))
        .forEach(p -> all.add(without(groupOf(p).orElseThrow()).named(p.name())));
    if (!concerned.isEmpty() && all.size() == groups.size() + concerned.size()) {
      throw new UserException(
          ("unit-rows rescales weights that feed a normalisation layer, but the network %s has"
                  + " none; leave it out, or rescale all by unit-rows(everywhere=true).")
              .formatted(network));
    }
    return all;
  }

  private Optional<Group> groupOf(Parameter parameter) {
    return groups.reversed().stream().filter(group -> group.matches(parameter)).findFirst();
  }

  private boolean isRescaled(Parameter parameter) {
    return groupOf(parameter).stream()
        .flatMap(group -> group.pipeline().stages().stream())
        .anyMatch(Rescaling::isBoundToLayers);
  }

  private static boolean isBoundToLayers(Stage stage) {
    return stage.rule() instanceof UnitRows rule && !rule.everywhere();
  }

  private static Group without(Group group) {
    List<Stage> rest =
        group.pipeline().stages().stream().filter(stage -> !isBoundToLayers(stage)).toList();
    return group.with(new Pipeline(rest));
  }
}
