package dev.gradus.djl.model;

import dev.gradus.djl.Network;
import dev.gradus.djl.data.Task;
import java.util.List;

/** A kind of network with its options set; its {@code toString} is the text it is read from. */
public sealed interface Model permits Mlp, PlainMlp, LeNet, ResNet20, Vgg, CharLstm, Factorised {

  /**
   * Builds a network without weights.
   *
   * @param inputShape the shape of one input, without a batch dimension
   * @param task what is to be learned
   * @return the network, to be closed by the caller
   * @throws dev.gradus.UserException if the model cannot take such inputs or do such a task
   */
  Network network(List<Long> inputShape, Task task);
}
