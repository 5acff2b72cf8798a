/**
 * Block-ADMM: a network that is trained block by block. Between two blocks stand auxiliary
 * variables, and a backward pass never leaves its block.
 *
 * <p>{@link dev.gradus.djl.admm.BlockAdmm} is the method, {@link dev.gradus.djl.admm.Cuts} says
 * where blocks begin, {@link dev.gradus.djl.admm.Constraint} what auxiliary variables may be,
 * {@link dev.gradus.djl.admm.ProjectionLayer} is a layer through which no gradient passes.
 *
 * <p>{@link dev.gradus.djl.admm.DeepFacto} trains a network that has a non-negative matrix
 * factorisation inside, a {@link dev.gradus.djl.admm.FactorLayer}, whose factors are features that
 * a person can look at; {@link dev.gradus.djl.admm.Dictionary} is what it has learned.
 */
@NullMarked
package dev.gradus.djl.admm;

import org.jspecify.annotations.NullMarked;
