package dev.gradus.cli.sweep;

/**
 * One run of a sweep.
 *
 * @param name the name of its result, which follows from its settings
 * @param phase what it is for
 * @param seed the seed that it trains with
 */
public record Trial(String name, Phase phase, long seed) {}
