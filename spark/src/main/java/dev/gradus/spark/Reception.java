package dev.gradus.spark;

import dev.gradus.exchange.FramedTransport;
import dev.gradus.exchange.LostWorkerException;
import dev.gradus.exchange.Membership;
import io.netty.channel.Channel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.jspecify.annotations.Nullable;

/** What comes from the other workers: a greeting first, then frames. */
final class Reception extends RpcHandler {
  private final Membership membership;
  private final FramedTransport transport;
  private final Map<Channel, Integer> ranks = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<@Nullable TransportClient> clients;
  private final CountDownLatch missing;
  private final StreamManager nothing = new OneForOneStreamManager();

  Reception(Membership membership, FramedTransport transport) {
    this.membership = membership;
    this.transport = transport;
    clients = new AtomicReferenceArray<>(membership.workers());
    missing = new CountDownLatch(membership.workers() - 1);
  }

  /** A connection has another worker at its other end; false if that worker had one before. */
  boolean expect(TransportClient client, int rank) {
    boolean first = clients.compareAndSet(rank, null, client);
    if (first) {
      ranks.put(client.getChannel(), rank);
      missing.countDown();
    }
    return first;
  }

  /** The way to another worker, if there is one yet. */
  @Nullable TransportClient client(int rank) {
    return clients.get(rank);
  }

  /** Waits until all others have a connection, at most for the deadline. */
  void awaitAll(List<String> addresses) {
    try {
      if (!missing.await(membership.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw absent(addresses);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The wait for the other workers was interrupted.");
    }
  }

  private LostWorkerException absent(List<String> addresses) {
    int rank = membership.rank() + 1;
    while (clients.get(rank) != null) {
      rank++;
    }
    return new LostWorkerException(
        rank,
        "Worker %d at %s has not called worker %d for %s."
            .formatted(rank, addresses.get(rank), membership.rank(), membership.deadline()));
  }

  @Override
  public void receive(TransportClient caller, ByteBuffer message, RpcResponseCallback answer) {
    try {
      int rank = Greeting.read(message, membership).rank();
      boolean first = expect(caller, rank);
      answer.onSuccess(Greeting.answer(first ? "" : "that worker has called before"));
    } catch (IllegalArgumentException e) {
      answer.onSuccess(Greeting.answer(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void receive(TransportClient caller, ByteBuffer message) {
    var rank = rank(caller);
    if (rank == null) {
      caller.close();
    } else {
      transport.arrived(rank, MemorySegment.ofBuffer(message));
    }
  }

  /** A frame whose payload comes in pieces. */
  @Override
  public StreamCallbackWithID receiveStream(
      TransportClient caller, ByteBuffer header, RpcResponseCallback answer) {
    var rank = rank(caller);
    if (rank == null) {
      throw new IllegalStateException("A caller that has not greeted sends a frame.");
    }
    return new FrameStream(transport.arriving(rank, MemorySegment.ofBuffer(header)));
  }

  private @Nullable Integer rank(TransportClient client) {
    return ranks.get(client.getChannel());
  }

  @Override
  public StreamManager getStreamManager() {
    return nothing;
  }

  @Override
  public void channelInactive(TransportClient client) {
    lost(client, "its connection was closed");
  }

  @Override
  public void exceptionCaught(Throwable cause, TransportClient client) {
    lost(client, "its connection failed, " + Reasons.of(cause));
  }

  private void lost(TransportClient client, String why) {
    var rank = rank(client);
    if (rank != null) {
      transport.lost(rank, why);
    }
  }
}
