package dev.gradus.trace;

import dev.gradus.Rules;
import dev.gradus.UserException;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Rule;
import dev.gradus.equation.Stage;
import dev.gradus.text.Nearest;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a recorded method and its options to the pipeline that computes the same. */
public final class Methods {
  /** The option that belongs to the optimizer and not to its rules. */
  public static final String LEARNING_RATE = "learningRate";

  /** The option of a method that wraps another. */
  private static final String BASE = "base";

  /** Methods of the vocabulary that Gradus does not have. */
  private static final Set<String> MISSING =
      Set.of("adacomp", "adan", "block-admm", "instance-rate", "muon");

  private static final String DEFECT = "torch113Defect";

  /** Says which class of the authors ran. */
  private static final String CLASS = "impl";

  private Methods() {}

  /**
   * The pipeline of a method.
   *
   * @param method its name
   * @param options its options, as text by name; those that are missing have the rules' defaults
   * @return the pipeline
   * @throws UserException if method or option are unknown, or a value is not possible
   */
  public static Pipeline pipeline(String method, Map<String, String> options) {
    var rest = new HashMap<>(options);
    rest.keySet().removeAll(Set.of(LEARNING_RATE, CLASS));
    requireNoDefect(rest);
    String base = rest.remove(BASE);
    List<String> names = rules(method, base, rest);
    List<RecordType<? extends Rule>> types = names.stream().map(Methods::type).toList();
    requireKnown(method, types, rest.keySet());
    return new Pipeline(types.stream().map(type -> stage(type, rest)).toList());
  }

  private static List<String> rules(
      String method, @Nullable String base, Map<String, String> options) {
    if (AuthorsHybrid.isMeantBy(method)) {
      return AuthorsHybrid.rules(method, base, options);
    }
    return base == null ? List.of(method) : List.of(base, method);
  }

  /**
   * Refuses a method of the vocabulary that Gradus does not have, before its trace is looked at.
   *
   * @param method its name
   * @throws UserException if it is one of those
   */
  public static void requireImplemented(String method) {
    if (MISSING.contains(method)) {
      throw new UserException(
          "Method '%s' is not implemented; leave the trace out, or name another optimizer for its"
                  .formatted(method)
              + " gradients.");
    }
  }

  private static RecordType<? extends Rule> type(String method) {
    requireImplemented(method);
    return Rules.CATALOGUE
        .find(method)
        .orElseThrow(
            () ->
                new UserException(
                    "Unknown method '%s'%s".formatted(method, Nearest.hint(method, names()))));
  }

  private static void requireNoDefect(Map<String, String> options) {
    if ("true".equals(options.remove(DEFECT))) {
      throw new UserException(
          "The defect of NAdam in PyTorch 1.13 is not copied; leave out " + DEFECT + ".");
    }
  }

  private static List<String> names() {
    return Rules.CATALOGUE.types().stream().<String>map(RecordType::name).toList();
  }

  private static void requireKnown(
      String method, List<RecordType<? extends Rule>> types, Set<String> options) {
    var known = new LinkedHashSet<String>();
    types.forEach(type -> type.options().forEach(option -> known.add(option.name())));
    for (String name : options) {
      if (!known.contains(name)) {
        throw new UserException(
            "Method '%s' has no option '%s'%s".formatted(method, name, Nearest.hint(name, known)));
      }
    }
  }

  private static Stage stage(RecordType<? extends Rule> type, Map<String, String> options) {
    var settings = new HashMap<String, Object>();
    for (Option option : type.options()) {
      String text = options.get(option.name());
      if (text != null) {
        settings.put(option.name(), option.read(type.name(), text));
      }
    }
    return new Stage(type.name(), type.create(settings), Optional.empty());
  }
}
