package dev.gradus.djl.torch;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds which layer of a network is which of a PyTorch module, whose layers have other names and no
 * order in a file.
 *
 * <p>Layers of one name and form are the same. Of the others, those that alone have their form on
 * both sides are the same; several of one form are the same in order, if PyTorch's order is known:
 * from a list in the file, or because the names differ by their numbers only ({@code
 * layer1.0.conv1}, {@code layer1.1.conv1}).
 */
final class Matching {
  private static final int MOST = 8;

  private final List<String> order;
  private final SequencedMap<String, String> names = new LinkedHashMap<>();
  private final List<String> leftHere = new ArrayList<>();
  private final List<String> leftThere = new ArrayList<>();

  private Matching(List<String> order) {
    this.order = order;
  }

  /**
   * The names of PyTorch's tensors by ours.
   *
   * @param order the names in PyTorch's order; empty if that is not known
   * @throws UserException listing what is left over on both sides
   */
  static Map<String, String> of(List<Layer> here, List<Layer> there, List<String> order) {
    var matching = new Matching(order);
    matching.match(new ArrayList<>(here), new ArrayList<>(there));
    return matching.names;
  }

  private void match(List<Layer> here, List<Layer> there) {
    matchNamesakes(here, there);
    var forms = Stream.concat(here.stream(), there.stream()).map(Layer::form).distinct().toList();
    for (String form : forms) {
      matchForm(ofForm(here, form), ofForm(there, form));
    }
    if (!leftHere.isEmpty() || !leftThere.isEmpty()) {
      throw new UserException(
          "The layers cannot be told apart by their kinds, shapes and numbers: the network has %s; PyTorch's file has %s; give their names in a map."
              .formatted(shown(leftHere), shown(leftThere)));
    }
  }

  private void matchNamesakes(List<Layer> here, List<Layer> there) {
    for (Layer layer : List.copyOf(here)) {
      there.stream()
          .filter(other -> other.name().equals(layer.name()) && other.form().equals(layer.form()))
          .findFirst()
          .ifPresent(
              other -> {
                take(layer, other);
                here.remove(layer);
                there.remove(other);
              });
    }
  }

  private void matchForm(List<Layer> here, List<Layer> there) {
    if (here.size() == there.size() && (here.size() == 1 || isOrdered(there))) {
      var inOrder = there.stream().sorted(byOrder()).toList();
      for (int index = 0; index < here.size(); index++) {
        take(here.get(index), inOrder.get(index));
      }
    } else {
      here.forEach(layer -> leftHere.addAll(layer.shown()));
      there.forEach(layer -> leftThere.addAll(layer.shown()));
    }
  }

  private boolean isOrdered(List<Layer> layers) {
    return layers.stream().allMatch(layer -> place(layer) < order.size())
        || layers.stream().map(Layer::pattern).distinct().count() == 1;
  }

  private Comparator<Layer> byOrder() {
    return Comparator.comparingInt(this::place).thenComparing(Layer::name, new ByNumbers());
  }

  /** Where a layer is in PyTorch's order; behind all others if that is not known. */
  private int place(Layer layer) {
    int place = order.indexOf(layer.parameters().firstEntry().getValue().name());
    return place < 0 ? order.size() : place;
  }

  private void take(Layer here, Layer there) {
    here.parameters()
        .forEach(
            (word, tensor) ->
                names.put(tensor.name(), requireNonNull(there.parameters().get(word)).name()));
  }

  private static List<Layer> ofForm(List<Layer> layers, String form) {
    return layers.stream().filter(layer -> layer.form().equals(form)).toList();
  }

  private static String shown(List<String> tensors) {
    var first = tensors.stream().limit(MOST).collect(Collectors.joining(", "));
    int more = tensors.size() - MOST;
    return (tensors.isEmpty() ? "none left" : first) + (more > 0 ? " and " + more + " more" : "");
  }
}
