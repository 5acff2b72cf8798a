package dev.gradus.spark;

import dev.gradus.exchange.FramedTransport;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Membership;
import dev.gradus.exchange.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NettyManagedBuffer;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.server.TransportServer;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames over Spark's network layer. Every worker listens, and calls those of lower rank: a
 * pair has one connection, so that what a worker sends last is read before its end is seen.
 */
final class SparkWire implements Wire {
  private static final String HINT = " (have all workers the same secret and the same settings?)";

  private final Membership membership;
  private final String host;
  private final FramedTransport transport;
  private final Reception reception;
  private final TransportContext context;
  private final TransportServer server;
  private final TransportClientFactory callers;
  private @Nullable Heart heart;

  /** Listens from now on. */
  SparkWire(SparkConf configuration, SecurityManager security, String host, Membership membership) {
    this.membership = membership;
    this.host = host;
    transport = new FramedTransport(membership, this);
    reception = new Reception(membership, transport);
    var network = new Network(configuration, security, membership.deadline());
    context = new TransportContext(network.configuration(), reception, false);
    server = context.createServer(host, 0, network.serverBootstraps());
    callers = context.createClientFactory(network.clientBootstraps());
  }

  /** Where the others reach this worker. */
  String address() {
    return host + ":" + server.getPort();
  }

  /** Calls the others, or waits for their calls. */
  FramedTransport connect(List<String> addresses) {
    for (int rank = 0; rank < membership.rank(); rank++) {
      call(rank, addresses.get(rank));
    }
    reception.awaitAll(addresses);
    heart = new Heart(transport, membership.deadline());
    return transport;
  }

  private void call(int rank, String address) {
    try {
      var client = client(address);
      reception.expect(client.getChannel(), rank);
      long limit = membership.deadline().toMillis();
      var answer = client.sendRpcSync(Greeting.of(membership).bytes(), limit);
      String refusal = Greeting.refusal(answer);
      if (!refusal.isEmpty()) {
        throw unreachable(rank, address, "it refuses worker " + membership.rank() + ": " + refusal);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The call to worker " + rank + " was interrupted.");
    } catch (LostWorkerException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreachable(rank, address, Reasons.of(e) + HINT);
    }
  }

  private TransportClient client(String address) throws IOException, InterruptedException {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    return callers.createClient(address.substring(0, colon), port);
  }

  private static LostWorkerException unreachable(int rank, String address, String why) {
    return new LostWorkerException(
        rank, "Worker %d can't be reached at %s: %s.".formatted(rank, address, why));
  }

  @Override
  public void write(int to, MemorySegment header, MemorySegment payload) {
    var channel = reception.channel(to);
    if (channel == null) {
      return;
    }
    var frame = frame(channel, header, payload);
    channel
        .writeAndFlush(new OneWayMessage(new NettyManagedBuffer(frame)))
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                transport.lost(to, "a message can't be sent, " + Reasons.of(written.cause()));
              }
            });
  }

  private static ByteBuf frame(Channel channel, MemorySegment header, MemorySegment payload) {
    int bytes = Math.toIntExact(header.byteSize() + payload.byteSize());
    return channel
        .alloc()
        .directBuffer(bytes)
        .writeBytes(header.asByteBuffer())
        .writeBytes(payload.asByteBuffer());
  }

  @Override
  public void close() {
    if (heart != null) {
      heart.close();
    }
    callers.close();
    server.close();
    context.close();
  }
}
