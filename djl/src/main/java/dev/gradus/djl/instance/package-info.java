/**
 * Training with examples that can't all be trusted alike: a learning rate for every instance, and
 * the methods it has to stand beside.
 */
@NullMarked
package dev.gradus.djl.instance;

import org.jspecify.annotations.NullMarked;
