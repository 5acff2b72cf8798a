/**
 * The readers of data sets: from the text a user types to a {@link dev.gradus.djl.data.DataSet}.
 *
 * <p>{@link dev.gradus.cli.data.DataSets#open} is the door. Every reader treats its file as
 * hostile: sizes named by a header are compared with the length of the file before memory is asked
 * for, compressed files are read up to a limit, archives are never unpacked to disk. Whatever is
 * wrong with a file ends in one {@link dev.gradus.UserException} whose sentence names the file and
 * the place in it.
 *
 * <p>Images are kept as unsigned bytes in native memory, so that the heap stays small; they become
 * numbers when they are read.
 */
@NullMarked
package dev.gradus.cli.data;

import org.jspecify.annotations.NullMarked;
