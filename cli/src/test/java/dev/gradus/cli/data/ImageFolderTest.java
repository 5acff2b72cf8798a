package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.encoded;
import static dev.gradus.cli.data.Fixture.identities;
import static dev.gradus.cli.data.Fixture.image;
import static dev.gradus.cli.data.Fixture.labels;
import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.png;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.write;
import static dev.gradus.cli.data.Fixture.zip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.UserException;
import dev.gradus.cli.data.ImageOptions.Unreadable;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Task;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final byte[] NOT_AN_IMAGE = "no image".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private Path pictures;
  private DataOptions options;

  @BeforeEach
  void writePictures() throws IOException {
    pictures = folder.resolve("pictures");
    for (int number = 0; number < 10; number++) {
      write(pictures.resolve("cat/" + number + ".png"), png(0xff0000));
      write(pictures.resolve("dog/" + number + ".JPG"), jpeg(0x0000ff));
    }
    options = options(folder);
  }

  private static byte[] jpeg(int rgb) throws IOException {
    return encoded(image(BufferedImage.TYPE_INT_RGB, 4, 3, rgb), "jpeg");
  }

  private DataSet open() {
    return DataSets.open("images:" + pictures, options);
  }

  private DataOptions skipping() {
    return options.withImages(new ImageOptions(0, 0, Unreadable.SKIP));
  }

  @Test
  void readsClassFolders() {
    var data = open();
    assertThat(data.task()).isEqualTo(new Task.Classification(List.of("cat", "dog")));
    assertThat(data.train().inputShape()).containsExactly(3L, 3L, 4L);
    assertThat(data.test().size()).isEqualTo(4);
    assertThat(data.validation().size()).isEqualTo(2);
    assertThat(data.train().size()).isEqualTo(14);
    assertThat(identities(data.train())).contains("cat/0.png").doesNotHaveDuplicates();
    for (int index = 0; index < data.train().size(); index++) {
      assertThat(data.train().identity(index))
          .startsWith(labels(data.train())[index] == 0 ? "cat" : "dog");
    }
  }

  @Test
  void readsTheSameFromAZipFile() throws IOException {
    var expected = open();
    var entries = new TreeMap<String, byte[]>();
    try (var files = Files.walk(pictures)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        entries.put("top/" + pictures.relativize(file), Files.readAllBytes(file));
      }
    }
    var zip = write(folder.resolve("pictures.zip"), zip(entries));
    var read = DataSets.open("images:" + zip, options);
    assertThat(read.fingerprint().differencesFrom(expected.fingerprint())).isEmpty();
  }

  @Test
  void takesThePartsThatAreThere() throws IOException {
    for (var part : List.of("train", "val", "test")) {
      for (var name : List.of("cat", "dog")) {
        write(folder.resolve("parts/" + part + "/" + name + "/" + part + ".png"), png(0x00ff00));
      }
    }
    var data = DataSets.open("images:" + folder.resolve("parts"), options);
    assertThat(identities(data.train()))
        .containsExactly("train/cat/train.png", "train/dog/train.png");
    assertThat(identities(data.validation())).containsExactly("val/cat/val.png", "val/dog/val.png");
    assertThat(identities(data.test())).containsExactly("test/cat/test.png", "test/dog/test.png");
    assertThat(data.statements().get(1))
        .isEqualTo("test = the data set's own; validation = the data set's own");
  }

  @Test
  void ignoresOtherFilesAndCountsThem() throws IOException {
    write(pictures.resolve("cat/notes.txt"), "hello");
    write(pictures.resolve("cat/.hidden.png"), NOT_AN_IMAGE);
    write(pictures.resolve("__MACOSX/cat/1.png"), NOT_AN_IMAGE);
    assertThat(open().statements().getFirst())
        .isEqualTo(
            "images from %s, as 3 x 4 pixels in colour; 3 files ignored that are no images by their"
                + " names",
            pictures);
  }

  @Test
  void stopsAtAnUnreadableImage() throws IOException {
    write(pictures.resolve("dog/3.JPG"), NOT_AN_IMAGE);
    refusal("images:" + pictures, options)
        .isEqualTo(
            "In '%s' the file 'dog/3.JPG' is neither a JPEG nor a PNG image; remove it, or choose"
                + " to skip such files.",
            pictures);
  }

  @Test
  void skipsUnreadableImagesAndCountsThem() throws IOException {
    write(pictures.resolve("cat/0.png"), NOT_AN_IMAGE);
    write(pictures.resolve("dog/3.JPG"), new byte[0]);
    write(pictures.resolve("dog/4.JPG"), Arrays.copyOf(jpeg(0xff), jpeg(0xff).length - 20));
    write(pictures.resolve("dog/5.JPG"), Arrays.copyOf(png(0xff), 40));
    var data = DataSets.open("images:" + pictures, skipping());
    assertThat(Fixture.size(data)).isEqualTo(16);
    assertThat(data.statements().getFirst()).endsWith("; 4 unreadable images skipped");
    var names = new ArrayList<>(identities(data.train()));
    names.addAll(identities(data.validation()));
    names.addAll(identities(data.test()));
    assertThat(names)
        .hasSize(16)
        .contains("cat/1.png", "dog/2.JPG")
        .doesNotContain("cat/0.png", "dog/3.JPG", "dog/4.JPG", "dog/5.JPG");
  }

  @Test
  void needsAReadableImageInEveryClass() throws IOException {
    for (int number = 0; number < 10; number++) {
      write(pictures.resolve("cat/" + number + ".png"), NOT_AN_IMAGE);
    }
    refusal("images:" + pictures, skipping())
        .isEqualTo("In '%s' not one image of the class 'cat' can be read.", pictures);
    for (int number = 0; number < 10; number++) {
      write(pictures.resolve("dog/" + number + ".JPG"), NOT_AN_IMAGE);
    }
    refusal("images:" + pictures, skipping())
        .isEqualTo("Not one image of '%s' can be read.", pictures);
  }

  @Test
  void resizesToTheFirstOrToTheChosenSize() throws IOException {
    var large = image(BufferedImage.TYPE_INT_RGB, 40, 30, 0xff0000);
    write(pictures.resolve("cat/5.png"), encoded(large, "png"));
    assertThat(open().train().inputShape()).containsExactly(3L, 3L, 4L);
    var chosen = options.withImages(new ImageOptions(8, 1, Unreadable.STOP));
    assertThat(DataSets.open("images:" + pictures, chosen).train().inputShape())
        .containsExactly(1L, 8L, 8L);
  }

  @Test
  void refusesSizesThatDoNotFitInMemory() throws IOException {
    var entries = new TreeMap<String, byte[]>();
    for (int number = 0; number < 1000; number++) {
      entries.put("a/" + number + ".png", png(0));
      entries.put("b/" + number + ".png", png(0));
    }
    var file = write(folder.resolve("many.zip"), zip(entries));
    refusal("images:" + file, options.withImages(new ImageOptions(16_384, 3, Unreadable.STOP)))
        .startsWith("2,000 images of [3, 16384, 16384] values would take 1,610,612 MB of memory");
  }

  @Test
  void refusesAnEmptyClass() throws IOException {
    Files.createDirectories(pictures.resolve("bird"));
    refusal("images:" + pictures, options)
        .isEqualTo("In '%s' the class 'bird' of the train part holds no image.", pictures);
  }

  @Test
  void refusesAClassThatOnlyTheTestPartHas() throws IOException {
    write(folder.resolve("p/train/cat/0.png"), png(0));
    write(folder.resolve("p/train/dog/0.png"), png(0));
    write(folder.resolve("p/test/cow/0.png"), png(0));
    refusal("images:" + folder.resolve("p"), options)
        .endsWith("the test part has the class 'cow', which the train part lacks.");
  }

  @Test
  void refusesASingleClass() throws IOException {
    write(folder.resolve("p/train/cat/0.png"), png(0));
    refusal("images:" + folder.resolve("p"), options).contains("only the class [cat]");
    write(folder.resolve("one/cat/0.png"), png(0));
    refusal("images:" + folder.resolve("one"), options).contains("only the class [cat]");
  }

  @Test
  void refusesImagesOutsideOfClassFolders() throws IOException {
    write(pictures.resolve("loose.png"), png(0));
    refusal("images:" + pictures, options)
        .isEqualTo(
            "In '%s' the image 'loose.png' lies in no class folder; expected is CLASS/IMAGE.",
            pictures);
    write(folder.resolve("p/train/0.png"), png(0));
    refusal("images:" + folder.resolve("p"), options).endsWith("expected is train/CLASS/IMAGE.");
  }

  @Test
  void refusesAFolderWithoutImages() throws IOException {
    write(folder.resolve("none/a.txt"), "hello");
    refusal("images:" + folder.resolve("none"), options)
        .endsWith("holds no file that ends in .jpg, .jpeg or .png.");
    refusal("images:" + folder.resolve("none/a.txt"), options)
        .contains("a.txt' is neither a folder nor a zip file");
  }

  @Test
  void refusesAFolderThatContainsItself() throws IOException {
    Files.createSymbolicLink(pictures.resolve("cat/again"), pictures);
    refusal("images:" + pictures, options).contains("contains itself");
  }

  @Test
  void meetsMutationsWithASentenceOrTheData() throws IOException {
    var entries = new TreeMap<String, byte[]>();
    for (int number = 0; number < 3; number++) {
      entries.put("a/" + number + ".jpg", jpeg(number));
      entries.put("b/" + number + ".png", png(number));
    }
    var whole = zip(entries);
    var random = new Random(5);
    var file = folder.resolve("mutated.zip");
    for (int round = 0; round < 400; round++) {
      var mutated = whole.clone();
      for (int flips = 0; flips < 3; flips++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      write(file, mutated);
      try {
        assertThat(Fixture.size(DataSets.open("images:" + file, skipping()))).isBetween(2, 6);
      } catch (UserException told) {
        assertThat(told).hasMessageContaining(file.toString());
      }
    }
  }
}
