package dev.gradus.djl.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** The expected bytes were written by the package tensorboard 2.21 with its own messages. */
class EventFileTest {
  private static final String BEGIN =
      "1800000000000000a37f4b220900002040fc54d9411a0d627261696e2e4576656e743a322b353110";

  private static final String RESTART =
      "100000000000000095fbfe180900005040fc54d94110ac023a0208010333a047";

  private static final String SCALARS =
      "4300000000000000b18525a00900008040fc54d94110ad022a350a110a0a747261696e2f6c6f737315736831"
          + "3f0a200a196772616469656e744e6f726d2f636f6e76312e77656967687415caf24971dda82388";

  @Test
  void writesTheBytesOfTensorBoard() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var file = new EventFile(out, 1700000000.5)) {
      file.restart(1700000001.25, 300);
      var scalars = new LinkedHashMap<String, Double>();
      scalars.put("train/loss", 0.693);
      scalars.put("gradientNorm/conv1.weight", 1e30);
      file.add(1700000002.0, 301, scalars);
    }
    assertThat(HexFormat.of().formatHex(out.toByteArray())).isEqualTo(BEGIN + RESTART + SCALARS);
  }
}
