package dev.gradus.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.gradus.UserException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one door to what DJL offers for its PyTorch engine only. */
final class Torch {

  /** What DJL calls the engine. */
  static final String ENGINE = "PyTorch";

  /** Random numbers and the collecting of gradients are the process's. */
  private static final ReentrantLock TURN = new ReentrantLock();

  private Torch() {}

  /** Loads the engine; nothing else here works before. */
  static void load() {
    var name = Engine.getInstance().getEngineName();
    if (!name.equals(ENGINE)) {
      throw new UserException(
          "Training needs DJL's PyTorch engine, but the class path gives the engine "
              + name
              + "; put ai.djl.pytorch:pytorch-engine there.");
    }
  }

  /** Sets how many threads one operation uses that is called from this thread. */
  static void useThreads(int threads) {
    JniUtils.setNumThreads(threads);
  }

  /** Computes while no other thread does so. */
  static double inTurn(DoubleSupplier computation) {
    TURN.lock();
    try {
      return computation.getAsDouble();
    } finally {
      TURN.unlock();
    }
  }

  /** Decides all random numbers that PyTorch draws from here on, dropout among them. */
  static void seed(long seed) {
    JniUtils.setSeed(seed);
  }

  /** A new handle on the gradient of an array, or null if none has ever arrived. */
  static @Nullable NDArray gradient(NDArray weight) {
    return JniUtils.getGradient((PtNDArray) weight);
  }

  /** Makes the gradient of an array zero, if one has ever arrived. */
  static void zeroGradient(NDArray weight) {
    JniUtils.zeroGrad((PtNDArray) weight);
  }

  /** Computes without remembering what a backward pass would need. */
  static <T> T withoutGradients(Supplier<T> computation) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
