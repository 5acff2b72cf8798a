package dev.gradus.spark;

import dev.gradus.exchange.Transport;
import java.io.Serializable;

/**
 * What all workers do once before the training begins, such as measuring what connects them. Like
 * {@link WorkerTraining} it is made in the driver and called in every executor.
 */
@FunctionalInterface
public interface WorkerPreparation extends Serializable {

  /**
   * Prepares.
   *
   * @param place which worker it is; what was opened is handed to it to be closed
   * @param transport to the others, for this call alone
   * @return what the driver is told; only that of worker 0 is
   */
  String prepare(WorkerPlace place, Transport transport);
}
