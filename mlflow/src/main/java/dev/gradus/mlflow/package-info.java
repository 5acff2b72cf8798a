/**
 * Tells an MLflow tracking server of a training, over its REST interface: {@link
 * dev.gradus.mlflow.MlflowTracking} is a listener of a training. Nothing is waited for while
 * training, and a server that fails never stops it.
 */
@NullMarked
package dev.gradus.mlflow;

import org.jspecify.annotations.NullMarked;
