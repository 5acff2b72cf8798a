package dev.gradus.spark;

import dev.gradus.exchange.Arrival;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.apache.spark.network.client.StreamCallbackWithID;

/** A frame as Spark's network layer hands it over, piece by piece. */
record FrameStream(Arrival arrival) implements StreamCallbackWithID {
  @Override
  public String getID() {
    return "gradus";
  }

  @Override
  public void onData(String name, ByteBuffer piece) {
    arrival.add(MemorySegment.ofBuffer(piece));
  }

  @Override
  public void onComplete(String name) {
    arrival.end();
  }

  /** The end of the connection, which is told as such. */
  @Override
  public void onFailure(String name, Throwable cause) {}
}
