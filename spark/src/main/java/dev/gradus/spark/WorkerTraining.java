package dev.gradus.spark;

import dev.gradus.djl.Training;
import java.io.Serializable;

/**
 * Describes the training of one worker. It is made in the driver, sent to every executor, and
 * called there: so it holds settings and texts, and opens data and network only when it is called.
 */
@FunctionalInterface
public interface WorkerTraining extends Serializable {

  /**
   * Opens data and network and describes the training: the same for every worker, but for the
   * network, which is each worker's own.
   *
   * @param place which worker it is; what was opened is handed to it to be closed
   * @return the training, without checkpoints and without workers, which are added
   */
  Training training(WorkerPlace place);
}
