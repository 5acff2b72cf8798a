package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.encoded;
import static dev.gradus.cli.data.Fixture.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
  private static final int ORANGE = 0xffff8020;

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void readsColoursOfAnyKind(int type) throws IOException {
    var image = decode(encoded(image(type, 2, 1, ORANGE), "png"));
    var expected = type == BufferedImage.TYPE_BYTE_INDEXED ? image.getRGB(0, 0) : ORANGE;
    assertThat(Picture.of(image, 3).pixels())
        .containsExactly(
            expected >> 16, expected >> 16, expected >> 8, expected >> 8, expected, expected);
  }

  @Test
  void turnsColourIntoGrey() throws IOException {
    var image = decode(encoded(image(BufferedImage.TYPE_INT_RGB, 1, 1, ORANGE), "png"));
    int grey = Math.round(0.299f * 255 + 0.587f * 128 + 0.114f * 32);
    assertThat(Picture.of(image, 1).pixels()).containsExactly(grey);
    assertThat(Picture.isGrey(image)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
  void keepsGreyAsItIsStored(int type) throws IOException {
    var grey = new BufferedImage(2, 1, type);
    int unit = type == BufferedImage.TYPE_BYTE_GRAY ? 1 : 256;
    grey.getRaster().setSample(0, 0, 0, 100 * unit);
    grey.getRaster().setSample(1, 0, 0, 200 * unit);
    var image = decode(encoded(grey, "png"));
    assertThat(Picture.isGrey(image)).isTrue();
    assertThat(Picture.of(image, 1).pixels()).containsExactly(100, 200);
    assertThat(Picture.of(image, 3).pixels()).containsExactly(100, 200, 100, 200, 100, 200);
  }

  @Test
  void shrinksToTheMeanOfTheArea() {
    var picture = new Picture(1, 2, 4, new byte[] {0, 10, 100, (byte) 200, 20, 30, 50, 50});
    assertThat(picture.resized(1, 2).pixels()).containsExactly(15, 100);
  }

  @Test
  void growsByRepeating() {
    var picture = new Picture(2, 1, 2, new byte[] {1, 2, 3, 4});
    assertThat(picture.resized(2, 4).pixels())
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
  }

  @Test
  void mixesPixelsThatAreCoveredInPart() {
    var picture = new Picture(1, 3, 3, new byte[] {0, 30, 60, 0, 30, 60, 0, 30, 60});
    assertThat(picture.resized(2, 2).pixels()).containsExactly(10, 50, 10, 50);
  }

  @Test
  void cutsOutTheCentreWhenProportionsDiffer() {
    var picture = new Picture(1, 1, 5, new byte[] {9, 1, 2, 3, 9});
    assertThat(picture.resized(1, 1).pixels()).containsExactly(2);
    assertThat(new Picture(1, 4, 1, new byte[] {9, 1, 3, 9}).resized(1, 1).pixels())
        .containsExactly(2);
  }

  @Test
  void keepsConstantColourAtAnySize() {
    var pixels = new byte[37 * 23];
    Arrays.fill(pixels, (byte) 200);
    for (int size = 1; size < 60; size++) {
      assertThat(new Picture(1, 37, 23, pixels).resized(size, 60 - size).pixels())
          .containsOnly((byte) 200);
    }
  }

  @Test
  void refusesAnAbsurdSizeBeforeDecoding() throws IOException {
    var png = encoded(image(BufferedImage.TYPE_INT_RGB, 1, 1, 0), "png");
    ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    var crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageStartingWith("has 60000 x 60000 pixels, more than");
  }

  @Test
  void refusesATruncatedJpegAtAnyLength() throws IOException {
    var jpeg = encoded(image(BufferedImage.TYPE_INT_RGB, 32, 32, ORANGE), "jpeg");
    decode(jpeg);
    for (int length = 0; length < jpeg.length; length += 7) {
      var cut = Arrays.copyOf(jpeg, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(UnreadableImageException.class);
    }
  }

  private static BufferedImage decode(byte[] file) throws UnreadableImageException {
    try (var decoder = new ImageDecoder()) {
      return decoder.decode(file);
    }
  }
}
