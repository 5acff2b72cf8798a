/**
 * What a pipeline is and what it costs: its formulas, its passes over memory, what it remembers,
 * what is doubtful about it, and how fast it runs here.
 */
@NullMarked
package dev.gradus.cli.explain;

import org.jspecify.annotations.NullMarked;
