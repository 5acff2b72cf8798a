package dev.gradus.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.util.Pair;
import ai.djl.util.PairList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A parameter of a block under the name it has in reports and checkpoints: the names of the blocks
 * around it and its own, joined by dots.
 *
 * <p>DJL numbers the children of a block ({@code 01Conv2d}). The number is left out wherever the
 * rest tells the children that have parameters apart.
 */
record NamedParameter(String name, Parameter parameter, Block owner) {

  /** Every parameter of a block once, in the order of the layers. */
  static List<NamedParameter> of(Block block) {
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return all("", block).filter(named -> seen.add(named.parameter)).toList();
  }

  NDArray array() {
    return parameter.getArray();
  }

  List<Long> shape() {
    return LongStream.of(dimensions().getShape()).boxed().toList();
  }

  /** The shape as DJL has it, which knows that of modules of PyTorch from their arrays only. */
  Shape dimensions() {
    return parameter.isInitialized() ? array().getShape() : parameter.getShape();
  }

  boolean recurrent() {
    return owner instanceof RecurrentBlock;
  }

  private static Stream<NamedParameter> all(String path, Block block) {
    var direct =
        block.getDirectParameters().stream()
            .map(own -> new NamedParameter(path + clean(own.getKey()), own.getValue(), block));
    var children = withParameters(block.getChildren());
    var below =
        children.stream()
            .flatMap(child -> all(path + childName(child, children) + ".", child.getValue()));
    return Stream.concat(direct, below);
  }

  private static PairList<String, Block> withParameters(PairList<String, Block> children) {
    var kept = new PairList<String, Block>();
    children.stream()
        .filter(child -> !child.getValue().getParameters().isEmpty())
        .forEach(kept::add);
    return kept;
  }

  /** The name of a child, which its parameters begin with if it has any. */
  static String layerName(Pair<String, Block> child, PairList<String, Block> siblings) {
    return childName(
        child, child.getValue().getParameters().isEmpty() ? siblings : withParameters(siblings));
  }

  private static String childName(Pair<String, Block> child, PairList<String, Block> siblings) {
    var plain = withoutNumber(child.getKey());
    long namesakes =
        siblings.stream().filter(other -> withoutNumber(other.getKey()).equals(plain)).count();
    return clean(plain.isEmpty() || namesakes > 1 ? child.getKey() : plain);
  }

  private static String withoutNumber(String name) {
    return name.replaceFirst("^\\d+", "");
  }

  private static String clean(String name) {
    return name.replace('/', '-');
  }
}
