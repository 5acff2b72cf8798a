package dev.gradus.exchange;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Workers that are threads of one process. Their messages take the form of all others. */
public final class LocalTransport {
  private LocalTransport() {}

  /**
   * Connects workers.
   *
   * @param workers how many, at least 1
   * @param deadline how long a call waits for another worker at most
   * @return a transport for each worker, by rank
   */
  public static List<Transport> team(int workers, Duration deadline) {
    var token = UUID.randomUUID();
    var team = new ArrayList<FramedTransport>();
    for (int rank = 0; rank < workers; rank++) {
      var membership = new Membership(rank, workers, token, deadline);
      team.add(new FramedTransport(membership, new Memory(team, rank)));
    }
    return List.copyOf(team);
  }

  /** Carries a frame by calling the receiver. */
  private record Memory(List<FramedTransport> team, int from) implements Wire {
    @Override
    public void write(int to, MemorySegment header, MemorySegment payload) {
      team.get(to).arrived(from, header, payload);
    }
  }
}
