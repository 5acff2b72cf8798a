/**
 * Block-ADMM: a network that is trained block by block. Between two blocks stand auxiliary
 * variables, and a backward pass never leaves its block.
 *
 * <p>{@link dev.gradus.djl.admm.BlockAdmm} is the method, {@link dev.gradus.djl.admm.Cuts} says
 * where blocks begin, {@link dev.gradus.djl.admm.Constraint} what auxiliary variables may be,
 * {@link dev.gradus.djl.admm.ProjectionLayer} is a layer through which no gradient passes.
 */
@NullMarked
package dev.gradus.djl.admm;

import org.jspecify.annotations.NullMarked;
