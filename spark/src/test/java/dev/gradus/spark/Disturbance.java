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
 * @param fault what happens
 * @param marker a file that tells that it has happened, and to which process; beside the folder of
 *     checkpoints
 */
record Disturbance(int rank, long step, Fault fault, String marker) implements Serializable {
  private static final Duration DELAY = Duration.ofSeconds(3);
  private static final Duration PARTED = Duration.ofSeconds(20);

  Training in(WorkerPlace place, Training training) {
    return place.rank() == rank ? training.listener(this::happen) : training;
  }

  private void happen(TrainingEvent event) {
    if (event instanceof TrainingEvent.StepDone done
        && done.step() == step
        && !Files.exists(Path.of(marker))) {
      long process = ProcessHandle.current().pid();
      Processes.write(marker, Long.toString(process));
      happen(process);
    }
  }

  private void happen(long process) {
    switch (fault) {
      case KILL -> Processes.signal("-KILL", process);
      case FREEZE -> Processes.signal("-STOP", process);
      case SLOW -> Processes.sleep(DELAY);
      case PARTITION -> Processes.part(String.valueOf(Fault.MACHINES), PARTED);
      case FULL_DISK -> Processes.fill(filler());
      case KILL_DRIVER -> Processes.awaitText(marker + ".driver", Duration.ofMinutes(1));
    }
  }

  /** What takes all room that the checkpoints' file system has. */
  Path filler() {
    return disk().resolve("filler");
  }

  /** Where checkpoints are kept. */
  Path disk() {
    return Path.of(marker).resolveSibling("disk");
  }
}
