/**
 * To PyTorch and back: a network's weights and an optimizer's states as safetensors files with the
 * names that PyTorch gives them.
 *
 * <pre>
 *   torch.save_file(model.state_dict())  →  StateDict.read  → Names.matching →  Network.load
 *   model.load_state_dict(load_file())   ←  StateDict.write ←  Names.usual   ←  Network.tensors
 * </pre>
 *
 * <p>{@link dev.gradus.djl.torch.StateDict} is the weights, {@link dev.gradus.djl.torch.Names} what
 * is called how on either side, {@link dev.gradus.djl.torch.OptimizerState} the moments and buffers
 * of the rules that PyTorch has too. Files in Python's pickle format are never read, because
 * reading one runs the code that is in it.
 */
@NullMarked
package dev.gradus.djl.torch;

import org.jspecify.annotations.NullMarked;
