package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.refusal;
import static dev.gradus.cli.data.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "minst, mnist",
    "Digits, digits",
    "cifar-10, cifar10",
    "fashion_mnist, fashion-mnist",
    "image:x, images:",
    "cvs:, csv:"
  })
  void namesTheNearestDataSet(String typed, String nearest) {
    refusal(typed, options(folder))
        .isEqualTo("Unknown data set '%s'; did you mean '%s'?", typed, nearest);
  }

  @Test
  void listsAllWhenNoneIsNear() {
    refusal("imagenet-21k-winter", options(folder))
        .startsWith("Unknown data set 'imagenet-21k-winter'; known are digits, mnist,")
        .endsWith("text:, parquet:.");
  }

  @ParameterizedTest
  @CsvSource({"a.csv, csv:", "a.csv.gz, csv:", "a.txt, text:", "a.zip, images:"})
  void tellsTheKindOfAFile(String name, String kind) throws IOException {
    var file = write(folder.resolve(name), "");
    refusal(file.toString(), options(folder))
        .isEqualTo("Unknown data set '%s'; a file is named with its kind: %s%s.", file, kind, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images:", "idx:", "csv:", "text:"})
  void namesTheNearestFolderThatExists(String kind) throws IOException {
    Files.createDirectory(folder.resolve("pictures"));
    refusal(kind + folder.resolve("pictres/cats"), options(folder))
        .isEqualTo(
            "'%s' does not exist; the nearest folder that does is '%s', which holds 'pictures'.",
            folder.resolve("pictres/cats"), folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"images:", "idx:", "csv:", "text: "})
  void asksForTheName(String kind) {
    refusal(kind, options(folder))
        .isEqualTo("A file or folder must be named, but the name is empty.");
  }

  @Test
  void parquetIsReadBySpark() throws IOException {
    refusal("parquet:people", options(folder))
        .isEqualTo("'parquet:people' is read by Spark, in gradus spark-train; take csv:FILE here.");
    var file = folder.resolve("people.parquet");
    write(file, "PAR1");
    refusal(file.toString(), options(folder)).endsWith("its kind: parquet:" + file + ".");
  }

  @Test
  void refusesNamesThatNoFileCanHave() {
    refusal("csv:a\0b", options(folder)).contains("cannot be the name of a file");
  }

  @Test
  void findsRelativePathsInTheDataFolders() throws IOException {
    write(folder.resolve("tables/a.csv"), "x,y\n1,a\n2,b\n3,a\n4,b\n");
    assertThat(Fixture.size(DataSets.open("csv:tables/a.csv", options(folder)))).isEqualTo(4);
  }

  @Test
  void helpListsEveryReader() {
    assertThat(DataSets.FORMS)
        .extracting(form -> form.text().replaceFirst(":.*", ":"))
        .containsExactly(
            "digits",
            "mnist",
            "fashion-mnist",
            "cifar10",
            "images:",
            "idx:",
            "csv:",
            "text:",
            "parquet:");
  }

  @Test
  void usualPlacesComeFromTheEnvironment() {
    var home = Path.of("/home/someone");
    var given = DataPlaces.usual(Map.of("GRADUS_DATA", "/data", "XDG_CACHE_HOME", "/c"), home);
    assertThat(given.folders()).containsExactly(Path.of("/data"), Path.of("/usr/share/datasets"));
    assertThat(given.cache()).isEqualTo(Path.of("/c/gradus"));
    var bare = DataPlaces.usual(Map.of("GRADUS_DATA", " "), home);
    assertThat(bare.folders()).containsExactly(Path.of("/usr/share/datasets"));
    assertThat(bare.cache()).isEqualTo(home.resolve(".cache/gradus"));
    assertThat(bare.offline()).isFalse();
    assertThat(bare.withoutNetwork().offline()).isTrue();
  }
}
