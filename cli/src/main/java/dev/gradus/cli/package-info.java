/** The command line: one class for each command. */
@NullMarked
package dev.gradus.cli;

import org.jspecify.annotations.NullMarked;
