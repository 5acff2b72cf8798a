/** Claims of papers that two weights are enough to try: one table for each, made by one command. */
@NullMarked
package dev.gradus.bench.claim;

import org.jspecify.annotations.NullMarked;
