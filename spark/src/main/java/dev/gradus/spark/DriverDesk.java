package dev.gradus.spark;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver hears of its workers, over Spark's own network layer, as the workers hear of
 * each other: secured like all of Spark's connections. Every message is answered with whether the
 * worker shall stop.
 */
final class DriverDesk implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  private final TransportContext context;
  private final TransportServer server;
  private final String host;

  DriverDesk(UUID job, BooleanSupplier stop) {
    var environment = SparkEnv.get();
    host = environment.blockManager().blockManagerId().host();
    var network = new Network(environment.conf(), environment.securityManager(), DEADLINE);
    context = new TransportContext(network.configuration(), new Desk(job, stop), false);
    server = context.createServer(host, 0, network.serverBootstraps());
  }

  /** Where workers reach it. */
  String address() {
    return host + ":" + server.getPort();
  }

  /** The next report; null if none comes in this time. */
  @Nullable Report next(Duration longest) throws InterruptedException {
    return reports.poll(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    server.close();
    context.close();
  }

  private final class Desk extends RpcHandler {
    private final UUID job;
    private final BooleanSupplier stop;
    private final StreamManager nothing = new OneForOneStreamManager();

    Desk(UUID job, BooleanSupplier stop) {
      this.job = job;
      this.stop = stop;
    }

    @Override
    public void receive(TransportClient caller, ByteBuffer message, RpcResponseCallback answer) {
      if (!DriverLine.isOf(job, message)) {
        caller.close();
        return;
      }
      reports.addAll(ReportJson.read(message));
      answer.onSuccess(ByteBuffer.wrap(new byte[] {(byte) (stop.getAsBoolean() ? 1 : 0)}));
    }

    @Override
    public StreamManager getStreamManager() {
      return nothing;
    }
  }
}
