/**
 * Reports: what finished runs say about each other.
 *
 * <p>{@link dev.gradus.cli.report.Gathering} reads run folders and sweeps and puts together what
 * can be compared, as {@link dev.gradus.cli.report.Comparison}s. {@link
 * dev.gradus.cli.report.Report} computes every number from them: it is what is written as JSON and
 * CSV, and what a page shows. {@link dev.gradus.cli.report.Verdict} puts differences into words.
 */
@NullMarked
package dev.gradus.cli.report;

import org.jspecify.annotations.NullMarked;
