package dev.gradus.djl.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The residual block of He et al. 2016: two convolutions around which the input takes a shortcut,
 * then a ReLU. Where the stride halves the image, the shortcut is a convolution of 1×1 with batch
 * normalisation (their option B); elsewhere it is the input itself.
 */
final class Residual extends AbstractBlock {
  private final Layers body;
  private final Layers shortcut;

  Residual(int channels, int stride) {
    body =
        addChildBlock(
            "body",
            new Layers()
                .convolution("convolution1", channels, 3, stride)
                .relu()
                .convolution("convolution2", channels, 3, 1));
    shortcut = addChildBlock("shortcut", new Layers());
    if (stride > 1) {
      shortcut.convolution("convolution", channels, 1, stride);
    }
  }

  Set<String> normalised() {
    var names = new LinkedHashSet<String>();
    body.normalised().forEach(name -> names.add("body." + name));
    shortcut.normalised().forEach(name -> names.add("shortcut." + name));
    return names;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray straight = shortcut.forward(store, inputs, training).singletonOrThrow();
    NDArray bent = body.forward(store, inputs, training).singletonOrThrow();
    return new NDList(Activation.relu(bent.add(straight)));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    body.initialize(manager, type, shapes);
    shortcut.initialize(manager, type, shapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    return body.getOutputShapes(shapes);
  }
}
