/**
 * Gradients made small enough to be sent, and what is left behind for later: AdaComp and the
 * schemes it has to stand beside. Memory in, bytes out; nothing here knows a network.
 *
 * <p>{@link dev.gradus.compress.Compressors} lists the schemes; a {@link
 * dev.gradus.compress.Compressor} describes one, and its {@link dev.gradus.compress.Packing} does
 * the work for one tensor.
 */
@NullMarked
package dev.gradus.compress;

import org.jspecify.annotations.NullMarked;
