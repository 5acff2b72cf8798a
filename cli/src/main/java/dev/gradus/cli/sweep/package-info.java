/**
 * Sweeps: which runs a comparison needs, what came of each, and what that says.
 *
 * <p>A {@link dev.gradus.cli.sweep.Plan} lists problems, entrants and candidates with a {@link
 * dev.gradus.cli.sweep.Trial} for each run. {@link dev.gradus.cli.sweep.ResultFolder} keeps one
 * {@link dev.gradus.cli.sweep.RunSummary} for each trial that is finished, {@link
 * dev.gradus.cli.sweep.Tuning} chooses each entrant's candidate on validation, and {@link
 * dev.gradus.cli.sweep.ProblemOutcome} compares the chosen ones seed by seed. Nothing here loads an
 * engine, so results can be read anywhere. The files are described in {@code docs/sweep.md}.
 */
@NullMarked
package dev.gradus.cli.sweep;

import org.jspecify.annotations.NullMarked;
