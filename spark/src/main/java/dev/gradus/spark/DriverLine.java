package dev.gradus.spark;

import dev.gradus.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;

/**
 * A worker's line to the driver. Steps are told together after a pause: hundreds of messages in a
 * second would keep the driver from other work.
 */
final class DriverLine implements AutoCloseable {
  private static final int TOKEN = 2 * Long.BYTES;

  private final UUID job;
  private final long limit;
  private final long pause;
  private final LongSupplier clock;
  private final TransportContext context;
  private final TransportClientFactory callers;
  private final TransportClient client;
  private final List<Report> waiting = new ArrayList<>();
  private long told;
  private volatile boolean stopWanted;

  private DriverLine(
      UUID job,
      Duration deadline,
      Duration pause,
      LongSupplier clock,
      TransportContext context,
      TransportClientFactory callers,
      TransportClient client) {
    this.job = job;
    this.limit = deadline.toMillis();
    this.pause = pause.toNanos();
    this.clock = clock;
    told = clock.getAsLong();
    this.context = context;
    this.callers = callers;
    this.client = client;
  }

  /** Calls the driver; between messages about steps a pause passes. */
  static DriverLine to(String address, UUID job, Duration deadline, Duration pause) {
    return to(address, job, deadline, pause, System::nanoTime);
  }

  /** The same with a clock that tells nanoseconds. */
  static DriverLine to(
      String address, UUID job, Duration deadline, Duration pause, LongSupplier clock) {
    var environment = SparkEnv.get();
    var network = new Network(environment.conf(), environment.securityManager(), deadline);
    var context = new TransportContext(network.configuration(), new NoOpRpcHandler(), true);
    var callers = context.createClientFactory(network.clientBootstraps());
    int colon = address.lastIndexOf(':');
    try {
      var client =
          callers.createClient(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
      return new DriverLine(job, deadline, pause, clock, context, callers, client);
    } catch (IOException failure) {
      callers.close();
      context.close();
      throw new UserException(
          "A worker can't reach the driver at %s: %s.".formatted(address, Reasons.of(failure)),
          failure);
    } catch (InterruptedException interrupted) {
      callers.close();
      context.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling the driver", interrupted);
    }
  }

  /** Tells the driver; steps are told later, and without waiting for the answer. */
  void tell(Report report) {
    waiting.add(report);
    if (report.mustBeHeard()) {
      answered(client.sendRpcSync(message(), limit));
    } else if (clock.getAsLong() - told >= pause) {
      client.sendRpc(message(), new Answer());
    }
  }

  /** Whether the driver wants the training to stop. */
  boolean stopWanted() {
    return stopWanted;
  }

  private void answered(ByteBuffer answer) {
    stopWanted |= answer.get() != 0;
  }

  private ByteBuffer message() {
    byte[] json = ReportJson.write(waiting);
    waiting.clear();
    told = clock.getAsLong();
    return ByteBuffer.allocate(TOKEN + json.length)
        .putLong(job.getMostSignificantBits())
        .putLong(job.getLeastSignificantBits())
        .put(json)
        .flip();
  }

  /** Whether a message is of a job; behind it the message stands at the reports. */
  static boolean isOf(UUID job, ByteBuffer message) {
    return message.remaining() > TOKEN
        && message.getLong() == job.getMostSignificantBits()
        && message.getLong() == job.getLeastSignificantBits();
  }

  @Override
  public void close() {
    callers.close();
    context.close();
  }

  private final class Answer implements RpcResponseCallback {
    @Override
    public void onSuccess(ByteBuffer answer) {
      answered(answer);
    }

    @Override
    public void onFailure(Throwable failure) {
      stopWanted = true;
    }
  }
}
