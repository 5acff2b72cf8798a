package dev.gradus.djl.torch;

import dev.gradus.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The parameters of one layer.
 *
 * @param name the part of their names before the last dot
 * @param parameters the tensors by PyTorch's words for them
 */
record Layer(String name, SequencedMap<String, Tensor> parameters) {

  /** Brings tensors of one layer together, in the order of the layers' first ones. */
  static List<Layer> of(Collection<Tensor> tensors, UnaryOperator<String> wordInPyTorch) {
    var layers = new LinkedHashMap<String, Layer>();
    for (Tensor tensor : tensors) {
      layers
          .computeIfAbsent(
              Words.layer(tensor.name()), name -> new Layer(name, new LinkedHashMap<>()))
          .parameters
          .put(wordInPyTorch.apply(Words.word(tensor.name())), tensor);
    }
    return new ArrayList<>(layers.values());
  }

  /** Which parameters there are, with their shapes: equal for layers that may be the same. */
  String form() {
    var shapes = new TreeMap<String, List<Long>>();
    parameters.forEach((word, tensor) -> shapes.put(word, tensor.shape()));
    return shapes.toString();
  }

  /** The words of the name without its numbers. */
  String pattern() {
    return name.replaceAll("\\d+", "#");
  }

  /** The parameters for people: names and shapes. */
  List<String> shown() {
    return parameters.values().stream().map(Layer::shown).toList();
  }

  private static String shown(Tensor tensor) {
    var quoted = tensor.shownName();
    return quoted.substring(1, quoted.length() - 1) + " " + tensor.shape();
  }
}
