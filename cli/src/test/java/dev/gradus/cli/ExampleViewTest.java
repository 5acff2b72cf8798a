package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.SplitMix64;
import dev.gradus.djl.data.Task;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ExampleViewTest {
  private static final int SIDE = 96;

  /** Two pictures of noise in colour, of values from 0 to 1. */
  private record Noise() implements Examples {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public List<Long> inputShape() {
      return List.of(3L, (long) SIDE, (long) SIDE);
    }

    @Override
    public List<Long> targetShape() {
      return List.of();
    }

    @Override
    public void input(int index, float[] into, int offset) {
      for (int i = 0; i < inputLength(); i++) {
        into[offset + i] = SplitMix64.at(0, index, i).below(256) / 255f;
      }
    }

    @Override
    public void target(int index, float[] into, int offset) {
      into[offset] = index;
    }

    @Override
    public String identity(int index) {
      return "noise " + index;
    }
  }

  private static DataSet set() {
    var normalisation = new Normalisation(List.of(0.5, 0.25, 0.125), List.of(0.5, 2.0, 3.0));
    var examples = normalisation.over(new Noise());
    return new DataSet(
        "noise",
        List.of(),
        new Task.Classification(List.of("one", "two")),
        List.of(),
        normalisation,
        examples,
        examples,
        examples);
  }

  @Test
  void picturesAreAsTheyWereBeforeNormalisation() throws IOException {
    var image = decoded(ExampleView.of(set(), set().train(), 1), 1);
    assertThat(image.getWidth()).isEqualTo(SIDE);
    var raw = new float[3 * SIDE * SIDE];
    new Noise().input(1, raw, 0);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(image.getRaster().getSample(7, 5, channel))
          .isEqualTo(Math.round(255 * raw[(channel * SIDE + 5) * SIDE + 7]));
    }
  }

  private static BufferedImage decoded(ExampleView view, int index) throws IOException {
    String address = view.picture(index).orElseThrow().address();
    byte[] png = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void picturesOfTwoHundredExamplesTakeLessThanThreeMegabytes() {
    var picture = ExampleView.of(set(), set().train(), 200).picture(0).orElseThrow();
    assertThat(200L * picture.address().length()).isBetween(1_000_000L, 2_500_000L);
  }
}
