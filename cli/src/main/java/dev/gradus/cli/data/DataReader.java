package dev.gradus.cli.data;

import dev.gradus.djl.data.DataSet;
import java.io.IOException;

/** Reads one kind of data set. */
@FunctionalInterface
interface DataReader {
  /** Reads the data set called {@code name}; the argument is what follows the colon. */
  DataSet read(String name, String argument, DataOptions options) throws IOException;
}
