/**
 * Schedules of learning rates and of rules' settings: pure functions of the step, one file each,
 * written in text like rules: {@code warmup(steps=500, then=cosine(floor=0.01))}. Values equal
 * those of PyTorch's schedulers.
 */
@NullMarked
package dev.gradus.schedule;

import org.jspecify.annotations.NullMarked;
