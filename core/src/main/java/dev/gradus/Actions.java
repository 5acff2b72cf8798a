package dev.gradus;

import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What the rules of an optimizer can do between two steps. */
record Actions(List<Parameter> parameters, Rates rates) {
  SequencedSet<String> names() {
    var names = new TreeSet<String>();
    IntStream.range(0, parameters.size()).forEach(i -> names.addAll(pipeline(i).actions()));
    return names;
  }

  /** For each parameter, what its weight and states become. */
  List<Equations> equations(String action) {
    if (!names().contains(action)) {
      throw new UserException(
          "No rule of the optimizer has an action '%s'; its actions are %s."
              .formatted(action, names()));
    }
    return IntStream.range(0, parameters.size())
        .mapToObj(i -> Equations.ofAction(pipeline(i), action, parameters.get(i).shape().rank()))
        .toList();
  }

  private Pipeline pipeline(int parameter) {
    return rates.pipeline(parameters.get(parameter), parameter);
  }
}
