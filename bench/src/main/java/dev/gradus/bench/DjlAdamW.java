package dev.gradus.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.optimizer.AdamW;
import ai.djl.training.tracker.Tracker;
import dev.gradus.Parameter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The AdamW that comes with DJL, on its PyTorch engine. */
final class DjlAdamW implements Peer {
  @Override
  public Runnable steps(List<Parameter> parameters, Memory memory, int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    NDManager manager = Engine.getInstance().newBaseManager();
    var weights = new ArrayList<NDArray>();
    var gradients = new ArrayList<NDArray>();
    for (int i = 0; i < memory.count(); i++) {
      var shape = new Shape(parameters.get(i).shape().dimensions());
      weights.add(copy(manager, memory.weight(i), shape));
      gradients.add(copy(manager, memory.gradient(i), shape));
    }
    var rate = Tracker.fixed((float) Setting.LEARNING_RATE);
    AdamW optimizer = AdamW.builder().optLearningRateTracker(rate).build();
    return () -> {
      for (int i = 0; i < weights.size(); i++) {
        optimizer.update("p" + i, weights.get(i), gradients.get(i));
      }
    };
  }

  private static NDArray copy(NDManager manager, MemorySegment values, Shape shape) {
    return manager.create(values.asByteBuffer(), shape, DataType.FLOAT32);
  }
}
