package dev.gradus.spark;

import dev.gradus.djl.Training;
import dev.gradus.djl.TrainingEvent;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Something that happens to a worker once, in one of its steps.
 *
 * @param rank to which worker
 * @param step in which step
 * @param kind the signal that its process gets, or {@link #SLOW}
 * @param marker a file that tells that it has happened, and to which process
 */
record Disturbance(int rank, long step, String kind, String marker) implements Serializable {
  static final String SLOW = "slow";
  private static final Duration DELAY = Duration.ofSeconds(3);

  Training in(WorkerPlace place, Training training) {
    return place.rank() == rank ? training.listener(this::happen) : training;
  }

  private void happen(TrainingEvent event) {
    if (event instanceof TrainingEvent.StepDone done
        && done.step() == step
        && !Files.exists(Path.of(marker))) {
      long process = ProcessHandle.current().pid();
      Processes.write(marker, Long.toString(process));
      if (kind.equals(SLOW)) {
        Processes.sleep(DELAY);
      } else {
        Processes.signal(kind, process);
      }
    }
  }
}
