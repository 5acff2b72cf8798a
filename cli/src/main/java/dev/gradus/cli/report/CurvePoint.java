package dev.gradus.cli.report;

/**
 * A figure after an epoch, over several seeds.
 *
 * @param epoch after which, from 1
 * @param step after how many steps
 * @param seconds after how long a training, in the mean
 * @param mean the mean over the seeds
 * @param low the lowest of the seeds
 * @param high the highest of the seeds
 */
public record CurvePoint(
    long epoch, long step, double seconds, double mean, double low, double high) {}
