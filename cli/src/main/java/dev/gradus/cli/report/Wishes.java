package dev.gradus.cli.report;

import org.jspecify.annotations.Nullable;

/**
 * What a reader of a report has asked for.
 *
 * @param baseline with whom single runs are compared; absent for the first of them
 * @param target the validation figure whose time is told; absent for what the baseline reaches with
 *     every seed
 * @param bandwidth how many bytes per second memory moves on the machine of the runs; absent if
 *     unknown
 */
public record Wishes(
    @Nullable String baseline, @Nullable Double target, @Nullable Double bandwidth) {
  /** None. */
  public static final Wishes NONE = new Wishes(null, null, null);
}
