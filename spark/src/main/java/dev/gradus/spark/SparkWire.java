package dev.gradus.spark;

import dev.gradus.exchange.FramedTransport;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Membership;
import dev.gradus.exchange.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
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
  /** From so many bytes on a frame is read piece by piece as it comes, not put together first. */
  private static final int STREAMED = 32 << 10;

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
      reception.expect(client, rank);
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
    var client = reception.client(to);
    if (client == null) {
      return;
    }
    if (!client.getChannel().isActive()) {
      unsent(to, new ClosedChannelException());
    } else if (payload.byteSize() < STREAMED) {
      writeWhole(to, client.getChannel(), header, payload);
    } else {
      writeStream(to, client, header, payload);
    }
  }

  private void writeWhole(int to, Channel channel, MemorySegment header, MemorySegment payload) {
    var copy = copy(channel, header, payload);
    channel
        .writeAndFlush(new OneWayMessage(lent(copy)))
        .addListener(
            written -> {
              copy.release();
              if (!written.isSuccess()) {
                unsent(to, written.cause());
              }
            });
  }

  private void writeStream(
      int to, TransportClient client, MemorySegment header, MemorySegment payload) {
    var copy = copy(client.getChannel(), payload);
    client.uploadStream(
        new NioManagedBuffer(ByteBuffer.wrap(header.toArray(ValueLayout.JAVA_BYTE))),
        lent(copy),
        new RpcResponseCallback() {
          @Override
          public void onSuccess(ByteBuffer nothing) {
            copy.release();
          }

          // It may be told twice: that the frame can't be written, and that nobody answers.
          @Override
          public void onFailure(Throwable failure) {
            if (copy.refCnt() > 0) {
              copy.release();
            }
            unsent(to, failure);
          }
        });
  }

  private void unsent(int to, Throwable failure) {
    transport.lost(to, "a message can't be sent, " + Reasons.of(failure));
  }

  private static ByteBuf copy(Channel channel, MemorySegment... parts) {
    int bytes = Math.toIntExact(Arrays.stream(parts).mapToLong(MemorySegment::byteSize).sum());
    var copy = channel.alloc().directBuffer(bytes);
    Arrays.stream(parts).map(MemorySegment::asByteBuffer).forEach(copy::writeBytes);
    return copy;
  }

  /** Spark would forget to release a buffer of a message that the connection takes no more. */
  private static ManagedBuffer lent(ByteBuf copy) {
    return new NioManagedBuffer(copy.nioBuffer());
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
