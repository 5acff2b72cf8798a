package dev.gradus.djl;

import dev.gradus.safetensors.Dtype;
import dev.gradus.safetensors.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What differs between a checkpoint and the present, in words. */
final class Differences {
  private static final int LONGEST = 200;
  private static final int MOST = 5;
  private static final String ABSENT = "absent";

  private Differences() {}

  /** A difference in one fact, if there is one. */
  static Optional<String> between(String what, String then, String now) {
    return then.equals(now)
        ? Optional.empty()
        : Optional.of(what + ": " + words(then) + " then, " + words(now) + " now");
  }

  /** What differs between a saved set of facts and the present one. */
  static List<String> ofFacts(Map<String, String> then, Map<String, String> now) {
    return names(then, now).stream()
        .flatMap(
            fact -> between(fact, then.getOrDefault(fact, ""), now.getOrDefault(fact, "")).stream())
        .toList();
  }

  /** What differs between the facts of worker 0 and those of another. */
  static List<String> ofWorkers(Map<String, String> first, Map<String, String> other, int rank) {
    return names(first, other).stream()
        .filter(fact -> !first.getOrDefault(fact, "").equals(other.getOrDefault(fact, "")))
        .map(
            fact ->
                "%s is %s at worker 0 and %s at worker %d"
                    .formatted(
                        fact,
                        words(first.getOrDefault(fact, "")),
                        words(other.getOrDefault(fact, "")),
                        rank))
        .toList();
  }

  private static Set<String> names(Map<String, String> some, Map<String, String> others) {
    var names = new LinkedHashSet<>(others.keySet());
    names.addAll(some.keySet());
    return names;
  }

  /** Parameters that are saved in another form, not saved, or not in the network. */
  static List<String> ofParameters(List<Tensor> present, Map<String, Tensor> saved) {
    var differences = new ArrayList<String>();
    for (Tensor tensor : present) {
      Tensor earlier = saved.get(tensor.name());
      between("parameter " + tensor.name(), earlier == null ? ABSENT : form(earlier), form(tensor))
          .ifPresent(differences::add);
    }
    var names = present.stream().map(Tensor::name).toList();
    saved.keySet().stream()
        .filter(name -> !name.contains("/") && !names.contains(name))
        .map(name -> "parameter " + name + ": present then, " + ABSENT + " now")
        .forEach(differences::add);
    return differences;
  }

  private static String form(Tensor tensor) {
    return tensor.dtype() == Dtype.F32
        ? tensor.shape().toString()
        : tensor.shape() + " of " + tensor.dtype();
  }

  /** The first few. */
  static String joined(List<String> differences) {
    return differences.stream().limit(MOST).collect(Collectors.joining("; "));
  }

  /** Why a run cannot go on: the first few differences. */
  static String refusal(List<String> differences) {
    return "This is not the run that the checkpoint is from: "
        + joined(differences)
        + "; restore the old settings or start a new run.";
  }

  private static String words(String text) {
    var shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return shortened.isEmpty() ? "none" : shortened;
  }
}
