/**
 * Checkpoints: all that a training run needs to go on after it was killed, in files that survive
 * it.
 *
 * <p>A {@link dev.gradus.checkpoint.Checkpoint} is a map of texts and a set of tensors. By
 * convention a weight has the name of its parameter ({@code encoder.0.weight}) and an optimizer's
 * state the parameter's name, a slash and the state's ({@code encoder.0.weight/m}). The texts are
 * the caller's (step counters, schedule, seed, library version); only keys that begin with {@value
 * dev.gradus.checkpoint.Checkpoint#RESERVED_PREFIX} belong to this package:
 *
 * <table>
 *   <caption>Reserved keys in a file's metadata</caption>
 *   <tr><th>key</th><th>text</th></tr>
 *   <tr><td>{@code gradus.crc32c}</td><td>checksum of all metadata, names, kinds and shapes</td></tr>
 *   <tr><td>{@code gradus.format}</td><td>version of this layout, a whole number from 1</td></tr>
 *   <tr><td>{@code gradus.step}</td><td>the step after which it was written, from 0</td></tr>
 *   <tr><td>{@code gradus.validation}</td><td>the validation figure, if there was one</td></tr>
 *   <tr><td>{@code gradus.crc32c/NAME}</td><td>checksum of the data of the tensor NAME</td></tr>
 * </table>
 *
 * <p>A {@link dev.gradus.checkpoint.CheckpointFolder} keeps the last few of a run and the best by
 * the validation figure. A file appears under its name only after all of it is on the disk:
 *
 * <pre>
 *   write step-000001200.safetensors.tmp → force → rename → force the folder → delete what need not be kept
 * </pre>
 *
 * <p>So a crash at any moment leaves the earlier files as they were, and at most a temporary file
 * that the next opening deletes. Which file is the best is not stored apart: it follows from the
 * figures inside the files. Damage that a disk does later is found by the checksums when a file is
 * read.
 *
 * <p>Writing reads every byte of the tensors once, and computes the checksum on the piece that is
 * in the cache for the write: its cost is that of the disk.
 */
@NullMarked
package dev.gradus.checkpoint;

import org.jspecify.annotations.NullMarked;
