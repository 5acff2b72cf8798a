/**
 * Looks for what is wrong with a machine and a class path, by trying it: {@link
 * dev.gradus.djl.doctor.Doctor}.
 */
@NullMarked
package dev.gradus.djl.doctor;

import org.jspecify.annotations.NullMarked;
