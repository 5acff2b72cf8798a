package dev.gradus.spark;

import dev.gradus.exchange.Membership;
import dev.gradus.exchange.Transport;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;

/**
 * Connects the tasks of a barrier stage over Spark's own network layer.
 *
 * <p>What secures Spark's own connections secures these: the shared secret ({@code
 * spark.authenticate}), AES ({@code spark.network.crypto.enabled}) and TLS ({@code
 * spark.ssl.rpc.enabled}). With encryption on nothing is sent, and no call taken, without it.
 */
public final class SparkTransport {
  private SparkTransport() {}

  /**
   * Joins the other tasks of the stage. All of them call this once, at the same place; it takes
   * about a second.
   *
   * @param context the task's
   * @param job names the attempt to run the job; made once by the driver
   * @param deadline how long a call waits for another worker at most
   * @return the transport; the worker's rank is the number of its partition
   * @throws dev.gradus.exchange.LostWorkerException if another worker can't be reached
   */
  public static Transport join(BarrierTaskContext context, UUID job, Duration deadline) {
    var environment = SparkEnv.get();
    int workers = context.getTaskInfos().length;
    var membership = new Membership(context.partitionId(), workers, job, deadline);
    String host = environment.blockManager().blockManagerId().host();
    var wire = new SparkWire(environment.conf(), environment.securityManager(), host, membership);
    try {
      return wire.connect(List.of(context.allGather(wire.address())));
    } catch (RuntimeException e) {
      wire.close();
      throw e;
    }
  }
}
