package dev.gradus.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.recurrent.LSTM;
import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import dev.gradus.text.Name;
import dev.gradus.text.Range;
import dev.gradus.text.RecordType;
import java.util.List;
import java.util.Set;

/**
 * A recurrent network that guesses the next character at every position of a text: each character
 * as a vector with a single one, LSTM layers that start from zero in every example, one linear
 * layer. None of its weights feeds a normalisation.
 *
 * @param width units of each LSTM layer
 * @param layers how many LSTM layers
 * @param dropout the share of units between two LSTM layers that is silent in a training step
 */
@Name("char-lstm")
public record CharLstm(
    @Range("[1, 8192]") int width, @Range("[1, 16]") int layers, @Range("[0, 1)") double dropout)
    implements Model {

  /** Checks the ranges. */
  public CharLstm {
    RecordType.check(CharLstm.class, width, layers, dropout);
  }

  /** Two layers of 128 units, without dropout. */
  public CharLstm() {
    this(128, 2, 0);
  }

  @Override
  public Network network(List<Long> inputShape, Task task) {
    Fit.requireText(this, task);
    int characters = task.outputs();
    var net =
        new Layers()
            .then("characters", LambdaBlock.singleton(numbers -> oneHot(numbers, characters)))
            .then("lstm", lstm())
            .outputs(characters);
    return Network.of(toString(), net, Set.of());
  }

  private LSTM lstm() {
    return LSTM.builder()
        .setStateSize(width)
        .setNumLayers(layers)
        .optDropRate((float) dropout)
        .build();
  }

  private static NDArray oneHot(NDArray numbers, int characters) {
    return numbers.toType(DataType.INT64, false).oneHot(characters, DataType.FLOAT32);
  }

  @Override
  public String toString() {
    return RecordType.of(CharLstm.class).print(this);
  }
}
