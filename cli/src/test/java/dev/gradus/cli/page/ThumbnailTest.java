package dev.gradus.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailTest {
  private static BufferedImage decoded(Thumbnail picture) throws IOException {
    assertThat(picture.address()).startsWith("data:image/png;base64,");
    byte[] png = Base64.getDecoder().decode(picture.address().substring(22));
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  @Test
  void greyStaysGrey() throws IOException {
    var picture = Thumbnail.of(new float[] {0, 0.2f, 0.8f, 1, -1, 7}, 1, 2, 3, 100);
    var raster = decoded(picture).getRaster();
    assertThat(raster.getSamples(0, 0, 3, 2, 0, (int[]) null))
        .containsExactly(0, 51, 204, 255, 0, 255);
    assertThat(picture.width()).isEqualTo(3);
    assertThat(picture.height()).isEqualTo(2);
  }

  @Test
  void coloursAreRedGreenBlue() throws IOException {
    var picture = Thumbnail.of(new float[] {1, 0, 0, 0.2f, 0, 1}, 3, 1, 2, 100);
    assertThat(decoded(picture).getRGB(0, 0)).isEqualTo(0xffff0000);
    assertThat(decoded(picture).getRGB(1, 0)).isEqualTo(0xff0033ff);
  }

  @Test
  void aLargePictureIsMadeSmaller() throws IOException {
    var values = new float[4 * 8];
    values[0] = 1;
    var picture = Thumbnail.of(values, 1, 4, 8, 4);
    assertThat(decoded(picture).getWidth()).isEqualTo(4);
    assertThat(decoded(picture).getHeight()).isEqualTo(2);
    assertThat(decoded(picture).getRaster().getSample(0, 0, 0)).isEqualTo(64);
    assertThat(decoded(picture).getRaster().getSample(1, 0, 0)).isZero();
  }
}
