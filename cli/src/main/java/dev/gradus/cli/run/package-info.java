/**
 * The folder of a run: what lies in it, in which format, and who may write to it.
 *
 * <p>{@link dev.gradus.cli.run.RunFiles} names the files and reads them; nothing is locked for
 * that, so a run can be read while it goes on. {@link dev.gradus.cli.run.RunFolder} is the right to
 * write. The format is described in {@code docs/run-folder.md}; its version is {@link
 * dev.gradus.cli.run.RunFiles#FORMAT}.
 *
 * <pre>
 *   config.yaml        every setting            written once, first
 *   environment.json   machine and libraries    one entry for each start
 *   metrics.jsonl      what was measured        one line after the other
 *   checkpoints/       weights and states       the last few and the best
 *   log.txt            what happened            one line after the other
 *   result.json        how it ended             written once, last
 * </pre>
 */
@NullMarked
package dev.gradus.cli.run;

import org.jspecify.annotations.NullMarked;
