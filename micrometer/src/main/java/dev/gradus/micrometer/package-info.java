/**
 * A training as meters of Micrometer, for services that are watched by Prometheus, Datadog, JMX and
 * the like already: {@link dev.gradus.micrometer.TrainingMeters} is a listener of a training.
 */
@NullMarked
package dev.gradus.micrometer;

import org.jspecify.annotations.NullMarked;
