/** Measurements that back every figure of speed and size in the documentation. */
@NullMarked
package dev.gradus.bench;

import org.jspecify.annotations.NullMarked;
