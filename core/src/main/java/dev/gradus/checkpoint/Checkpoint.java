package dev.gradus.checkpoint;

import dev.gradus.safetensors.Tensor;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SequencedMap;

/**
 * What a run wants to keep: texts and tensors by name. The tensors' data are referred to, not
 * copied.
 */
public final class Checkpoint {
  /** Keys of metadata that begin so are written by this package and cannot be the caller's. */
  public static final String RESERVED_PREFIX = "gradus.";

  private final SequencedMap<String, String> metadata;
  private final SequencedMap<String, Tensor> tensors;

  /**
   * Gathers what is to be kept.
   *
   * @param metadata texts by key, kept in this order
   * @param tensors tensors, each of another name
   * @throws IllegalArgumentException if a key begins with {@link #RESERVED_PREFIX} or two tensors
   *     have one name
   */
  public Checkpoint(Map<String, String> metadata, Collection<Tensor> tensors) {
    this.metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    for (String key : this.metadata.keySet()) {
      if (key.startsWith(RESERVED_PREFIX)) {
        throw new IllegalArgumentException(
            "The metadata key " + key + " is reserved; choose one without " + RESERVED_PREFIX);
      }
    }
    var named = new LinkedHashMap<String, Tensor>();
    for (Tensor tensor : tensors) {
      if (named.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException(
            "Two tensors are named " + tensor.name() + "; rename one of them.");
      }
    }
    this.tensors = Collections.unmodifiableSequencedMap(named);
  }

  /**
   * Returns the caller's texts.
   *
   * @return texts by key, unmodifiable
   */
  public SequencedMap<String, String> metadata() {
    return metadata;
  }

  /**
   * Returns the tensors.
   *
   * @return tensors by name, unmodifiable
   */
  public SequencedMap<String, Tensor> tensors() {
    return tensors;
  }

  /**
   * Returns one tensor.
   *
   * @param name its name
   * @return the tensor
   * @throws NoSuchElementException if there is none of this name
   */
  public Tensor tensor(String name) {
    var tensor = tensors.get(name);
    if (tensor == null) {
      throw new NoSuchElementException(
          "The checkpoint has no tensor " + name + "; it seems to be of another network.");
    }
    return tensor;
  }

  /**
   * Copies all data, so that training can go on while the copy is written.
   *
   * @param arena decides how long the copy lives
   * @return a checkpoint of the same content that shares no memory with this one
   */
  public Checkpoint snapshot(Arena arena) {
    return new Checkpoint(
        metadata, tensors.values().stream().map(tensor -> copy(tensor, arena)).toList());
  }

  private static Tensor copy(Tensor tensor, Arena arena) {
    var data = arena.allocate(tensor.data().byteSize(), Long.BYTES).copyFrom(tensor.data());
    return new Tensor(tensor.name(), tensor.dtype(), tensor.shape(), data);
  }
}
