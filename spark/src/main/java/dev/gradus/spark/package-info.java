/**
 * Training over the executors of Apache Spark: workers are the tasks of a barrier stage.
 *
 * <p>{@link dev.gradus.spark.SparkTraining} runs in the driver. Every executor runs a worker, which
 * joins the others, trains, shares its checkpoints and tells the driver what happens; a worker that
 * is lost ends the stage, and the driver begins it again from the last checkpoint that all have.
 *
 * <p>{@link dev.gradus.spark.SparkTransport} connects them over Spark's own network layer, with the
 * authentication, encryption and TLS that the cluster is configured for. {@link
 * dev.gradus.spark.ClusterSettings} is what Spark must be told before it starts.
 */
@NullMarked
package dev.gradus.spark;

import org.jspecify.annotations.NullMarked;
