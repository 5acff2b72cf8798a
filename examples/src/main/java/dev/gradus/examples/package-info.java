/**
 * Programs to begin from, each with its twin in Kotlin: {@link dev.gradus.examples.DropIn} changes
 * one line of a DJL program, {@link dev.gradus.examples.OwnLoop} trains, stops early and can be
 * killed and started again, {@link dev.gradus.examples.Service} answers with what was trained.
 */
@NullMarked
package dev.gradus.examples;

import org.jspecify.annotations.NullMarked;
