/**
 * Reading and writing of <em>safetensors</em> files: named arrays and a map of texts in one file
 * that can be mapped into memory as it is.
 *
 * <pre>
 *   offset 0        8               8 + N                                  end of file
 *          +--------+----------------+----------+----------+-----+----------+
 *          |   N    | header (JSON)  | tensor 0 | tensor 1 | ... | tensor k |
 *          +--------+----------------+----------+----------+-----+----------+
 *           u64 LE   N bytes, UTF-8,  little-endian, row-major, no holes, no overlap
 *                    padded with spaces
 * </pre>
 *
 * <p>The header is one JSON object. Its member {@code __metadata__}, if present, is a map of texts;
 * every other member is a tensor: {@code "name": {"dtype": "F32", "shape": [2, 3], "data_offsets":
 * [begin, end]}}, with offsets in bytes counted from the end of the header.
 *
 * <p>{@link dev.gradus.safetensors.SafetensorsFile} maps a file after checking all of the header,
 * so that a hostile or damaged file is refused with one sentence ({@link
 * dev.gradus.safetensors.SafetensorsException}) before anything of a size that it announces is
 * allocated. {@link dev.gradus.safetensors.SafetensorsWriter} streams tensors of any size through a
 * small buffer. Sizes and offsets are 64-bit throughout.
 *
 * <p>This package is stricter than the format where strictness costs no real file: an unknown key
 * in a tensor's entry, more than {@value dev.gradus.safetensors.Dtype#LARGEST_RANK} dimensions, and
 * sizes from 2<sup>63</sup> bits are refused.
 */
@NullMarked
package dev.gradus.safetensors;

import org.jspecify.annotations.NullMarked;
