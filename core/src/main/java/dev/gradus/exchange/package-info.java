/**
 * Bytes between the workers of a training that runs on several machines.
 *
 * <p>A {@link dev.gradus.exchange.Transport} moves messages from one worker to another; {@link
 * dev.gradus.exchange.Collectives} does with it what all workers do together: every pack to
 * everyone, or the sum of everyone's floats. A {@link dev.gradus.exchange.LocalTransport} connects
 * threads of one process; a {@link dev.gradus.exchange.FramedTransport} makes a transport of
 * anything that carries bytes in order.
 *
 * <p>Nothing waits for ever and nothing is believed: every wait has a deadline, and every message
 * names its job and carries a checksum. A worker that is lost ends the team: all calls of all
 * workers fail at once with a {@link dev.gradus.exchange.LostWorkerException} that names it.
 */
@NullMarked
package dev.gradus.exchange;

import org.jspecify.annotations.NullMarked;
