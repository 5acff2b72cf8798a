package dev.gradus.checkpoint;

import dev.gradus.safetensors.SafetensorsLayout;
import dev.gradus.safetensors.SafetensorsWriter;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Writes one checkpoint file in one pass over the data: first a header whose checksums are still
 * unknown, then the data, and the header again, of the same length, once the checksums are known.
 */
final class CheckpointWriter {
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final SafetensorsLayout layout;

  CheckpointWriter(Checkpoint checkpoint, long step, OptionalDouble validation) {
    metadata.put(Keys.CHECKSUM, Checksums.UNKNOWN);
    metadata.put(Keys.FORMAT, Integer.toString(Keys.FORMAT_VERSION));
    metadata.put(Keys.STEP, Long.toString(step));
    validation.ifPresent(figure -> metadata.put(Keys.VALIDATION, Double.toString(figure)));
    metadata.putAll(checkpoint.metadata());
    for (String name : checkpoint.tensors().keySet()) {
      metadata.put(Keys.checksumOf(name), Checksums.UNKNOWN);
    }
    layout = new SafetensorsLayout(metadata, checkpoint.tensors().values());
  }

  long fileSize() {
    return layout.fileSize();
  }

  void write(FileChannel channel) throws IOException {
    SafetensorsWriter.drain(layout.header(), channel);
    for (Tensor tensor : layout.tensors()) {
      String checksum = Checksums.ofData(tensor, piece -> SafetensorsWriter.drain(piece, channel));
      metadata.put(Keys.checksumOf(tensor.name()), checksum);
    }
    metadata.put(Keys.CHECKSUM, Checksums.ofHeader(metadata, layout.tensors()));
    channel.position(0);
    SafetensorsWriter.drain(new SafetensorsLayout(metadata, layout.tensors()).header(), channel);
  }
}
