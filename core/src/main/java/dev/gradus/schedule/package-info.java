/**
 * Schedules of learning rates and of rules' settings: pure functions of the step, one file each,
 * written in text like rules: {@code warmup(steps=500, then=cosine(floor=0.01))}. Values equal
 * those of PyTorch's schedulers.
 *
 * <p>A schedule with a memory, such as {@code plateau}, is a function of the run's {@link
 * dev.gradus.schedule.History}, which the loop records and keeps in checkpoints.
 */
@NullMarked
package dev.gradus.schedule;

import org.jspecify.annotations.NullMarked;
