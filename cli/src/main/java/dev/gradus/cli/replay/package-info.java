/**
 * Traces as JSON: reading them, replaying them, and writing what came out in their own shape.
 *
 * <p>{@link dev.gradus.cli.replay.TraceFile} reads a file, {@link
 * dev.gradus.cli.replay.TraceReader} takes from it what an optimizer was given, and {@link
 * dev.gradus.cli.replay.Answer} puts into a copy of it what Gradus makes of that. The format is
 * described in {@code docs/replay.md}.
 */
@NullMarked
package dev.gradus.cli.replay;

import org.jspecify.annotations.NullMarked;
