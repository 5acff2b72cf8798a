/**
 * Workers that are tasks of a barrier stage of Apache Spark.
 *
 * <p>{@link dev.gradus.spark.SparkTransport} connects them over Spark's own network layer, with the
 * authentication, encryption and TLS that the cluster is configured for. {@link
 * dev.gradus.spark.ClusterSettings} is what Spark must be told before it starts.
 */
@NullMarked
package dev.gradus.spark;

import org.jspecify.annotations.NullMarked;
