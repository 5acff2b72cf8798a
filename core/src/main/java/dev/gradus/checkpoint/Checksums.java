package dev.gradus.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gradus.safetensors.Pieces;
import dev.gradus.safetensors.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The checksums inside a checkpoint file: CRC-32C as eight hexadecimal digits. */
final class Checksums {
  /** Holds the place of a checksum that is not known yet. */
  static final String UNKNOWN = "00000000";

  private Checksums() {}

  /**
   * The checksum of a tensor's data.
   *
   * @param onward is given every piece after it was added to the checksum
   */
  static String ofData(Tensor tensor, Pieces.Taker onward) throws IOException {
    var checksum = new CRC32C();
    Pieces.of(
        tensor.data(),
        piece -> {
          checksum.update(piece.duplicate());
          onward.take(piece);
        });
    return text(checksum);
  }

  /**
   * The checksum of everything but the data: of a line for every text but the checksum itself, and
   * of one for every tensor's kind and shape, ordered by their bytes.
   */
  static String ofHeader(Map<String, String> metadata, Collection<Tensor> tensors) {
    var checksum = new CRC32C();
    var texts =
        metadata.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(Keys.CHECKSUM))
            .map(entry -> line(entry.getKey(), entry.getValue()));
    var shapes =
        tensors.stream().map(tensor -> line(tensor.name(), tensor.dtype() + "" + tensor.shape()));
    Stream.concat(texts, shapes).sorted(Arrays::compareUnsigned).forEach(checksum::update);
    return text(checksum);
  }

  private static byte[] line(String name, String value) {
    return (name + "\0" + value + "\0").getBytes(UTF_8);
  }

  private static String text(CRC32C checksum) {
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }
}
