package dev.gradus.djl.torch;

import dev.gradus.UserException;
import dev.gradus.safetensors.Tensor;
import dev.gradus.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the parameters of a network are called in PyTorch.
 *
 * <p>Where names are <em>given</em>, they are those of layers, such as {@code stemNorm → bn1}; what
 * is called how within a layer is known. A name of blocks around layers stands for all of them:
 * {@code stage1 → layer1}. The longest that fits counts.
 *
 * @param inPyTorch PyTorch's names by ours, in the order of the layers
 */
public record Names(SequencedMap<String, String> inPyTorch) {

  /**
   * Copies the map.
   *
   * @throws UserException if two parameters have one name in PyTorch
   */
  public Names {
    inPyTorch = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inPyTorch));
    var taken = new LinkedHashMap<String, String>();
    inPyTorch.forEach(
        (here, there) -> {
          var other = taken.put(there, here);
          if (other != null) {
            throw new UserException(
                "The parameters %s and %s would both be called %s in PyTorch; give them different names."
                    .formatted(other, here, there));
          }
        });
  }

  /**
   * The layers' own names, with PyTorch's words for what is in them: {@code stemNorm.gamma} becomes
   * {@code stemNorm.weight}.
   *
   * @param parameters the tensors of a network, running statistics among them
   * @return the names
   */
  public static Names usual(Collection<Tensor> parameters) {
    return given(parameters, Map.of());
  }

  /**
   * The same, where some layers have given names.
   *
   * @param parameters the tensors of a network, running statistics among them
   * @param layers PyTorch's names of layers by ours
   * @return the names
   * @throws UserException if a given name fits no parameter
   */
  public static Names given(Collection<Tensor> parameters, Map<String, String> layers) {
    requireKnown(layers, parameters);
    var names = new LinkedHashMap<String, String>();
    parameters.forEach(
        tensor -> names.put(tensor.name(), renamed(tensor.name(), layers).orElse(usual(tensor))));
    return new Names(names);
  }

  /**
   * The names of a PyTorch file, whose layers are found by name, kind, shape and order.
   *
   * @param parameters the tensors of a network, running statistics among them
   * @param file what PyTorch has saved
   * @param layers PyTorch's names of layers by ours, where the rest does not tell them
   * @return the names
   * @throws UserException listing with their shapes what is left over on both sides
   */
  public static Names matching(
      Collection<Tensor> parameters, StateDict file, Map<String, String> layers) {
    requireKnown(layers, parameters);
    var names = new LinkedHashMap<String, String>();
    for (Tensor tensor : parameters) {
      renamed(tensor.name(), layers)
          .ifPresent(there -> names.put(tensor.name(), required(tensor, there, file)));
    }
    names.putAll(
        Matching.of(
            without(parameters, names.keySet(), Words::inPyTorch),
            without(file.parameters(), Set.copyOf(names.values()), word -> word),
            file.order()));
    return new Names(inOrder(parameters, names));
  }

  /**
   * Reads given names: one JSON object of texts, such as <code>{"stemNorm": "bn1"}</code>.
   *
   * @param file the file
   * @return PyTorch's names of layers by ours
   * @throws UserException if it is missing or something else
   */
  public static Map<String, String> read(Path file) {
    try {
      return Map.copyOf(Json.texts(Files.readString(file)));
    } catch (NoSuchFileException missing) {
      throw new UserException("The map of names " + file + " does not exist.", missing);
    } catch (IOException | UserException failure) {
      throw new UserException(
          "%s is no map of names: write PyTorch's names of layers by ours, such as {\"stemNorm\": \"bn1\"}."
              .formatted(file),
          failure);
    }
  }

  /**
   * PyTorch's name of a parameter.
   *
   * @param parameter our name
   * @return its name there
   * @throws UserException if there is none
   */
  public String of(String parameter) {
    return Optional.ofNullable(inPyTorch.get(parameter))
        .orElseThrow(
            () -> new UserException("The parameter " + parameter + " has no name in PyTorch."));
  }

  private static String usual(Tensor tensor) {
    return Words.joined(Words.layer(tensor.name()), Words.inPyTorch(Words.word(tensor.name())));
  }

  private static Optional<String> renamed(String parameter, Map<String, String> layers) {
    var rest = Words.inPyTorch(Words.word(parameter));
    for (var path = Words.layer(parameter); !path.isEmpty(); path = Words.layer(path)) {
      var given = layers.get(path);
      if (given != null) {
        return Optional.of(Words.joined(given, rest));
      }
      rest = Words.joined(Words.word(path), rest);
    }
    return Optional.empty();
  }

  private static void requireKnown(Map<String, String> layers, Collection<Tensor> parameters) {
    var paths = new LinkedHashSet<String>();
    for (Tensor tensor : parameters) {
      for (var path = Words.layer(tensor.name()); !path.isEmpty(); path = Words.layer(path)) {
        paths.add(path);
      }
    }
    for (String layer : layers.keySet()) {
      if (!paths.contains(layer)) {
        throw new UserException(
            "The map of names has a layer '%s', which the network has not%s"
                .formatted(layer, Nearest.hint(layer, List.copyOf(paths))));
      }
    }
  }

  private static String required(Tensor tensor, String there, StateDict file) {
    var found = file.tensors().get(there);
    if (found == null || !found.shape().equals(tensor.shape())) {
      throw new UserException(
          "The map of names makes %s %s of %s, which %s in PyTorch's file; correct the map."
              .formatted(
                  there,
                  tensor.shape(),
                  tensor.name(),
                  found == null ? "is missing" : "has the shape " + found.shape()));
    }
    return there;
  }

  private static List<Layer> without(
      Collection<Tensor> tensors, Set<String> names, UnaryOperator<String> wordInPyTorch) {
    var rest = tensors.stream().filter(tensor -> !names.contains(tensor.name())).toList();
    return Layer.of(rest, wordInPyTorch);
  }

  private static SequencedMap<String, String> inOrder(
      Collection<Tensor> parameters, Map<String, String> names) {
    var ordered = new LinkedHashMap<String, String>();
    parameters.forEach(tensor -> ordered.put(tensor.name(), names.getOrDefault(tensor.name(), "")));
    return ordered;
  }
}
