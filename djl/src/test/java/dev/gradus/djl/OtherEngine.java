package dev.gradus.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.passthrough.PassthroughNDManager;
import java.nio.ByteBuffer;

/** An engine that is not PyTorch and whose arrays only have a shape and a type. */
final class OtherEngine extends Engine {
  static NDArray array(long... shape) {
    var size = new Shape(shape);
    return new PassthroughNDManager(new OtherEngine(), Device.cpu())
        .create(ByteBuffer.allocate((int) size.size() * Float.BYTES), size, DataType.FLOAT32);
  }

  @Override
  public Engine getAlternativeEngine() {
    return this;
  }

  @Override
  public String getEngineName() {
    return "Other";
  }

  @Override
  public int getRank() {
    return 1;
  }

  @Override
  public String getVersion() {
    return "1";
  }

  @Override
  public boolean hasCapability(String capability) {
    return false;
  }

  @Override
  public Model newModel(String name, Device device) {
    throw new UnsupportedOperationException("Only arrays");
  }

  @Override
  public NDManager newBaseManager() {
    throw new UnsupportedOperationException("Only arrays");
  }

  @Override
  public NDManager newBaseManager(Device device) {
    throw new UnsupportedOperationException("Only arrays");
  }
}
