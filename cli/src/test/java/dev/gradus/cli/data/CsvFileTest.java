package dev.gradus.cli.data;

import static dev.gradus.cli.data.Fixture.gzip;
import static dev.gradus.cli.data.Fixture.input;
import static dev.gradus.cli.data.Fixture.labels;
import static dev.gradus.cli.data.Fixture.options;
import static dev.gradus.cli.data.Fixture.target;
import static dev.gradus.cli.data.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gradus.UserException;
import dev.gradus.cli.data.TableOptions.Kind;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Normalisation;
import dev.gradus.djl.data.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final String NAMES =
      "size,colour,kind\n1,10,cat\n2,20,dog\n3,30,cat\n4,40,dog\n5,50,cat\n6,60,dog\n";

  @TempDir Path folder;

  private DataSet open(String contents, TableOptions table) throws IOException {
    write(folder.resolve("t.csv"), contents);
    return DataSets.open("csv:t.csv", options(folder).withTable(table));
  }

  private DataSet open(String contents) throws IOException {
    return open(contents, TableOptions.USUAL);
  }

  private AbstractStringAssert<?> refusal(String contents, TableOptions table) throws IOException {
    write(folder.resolve("t.csv"), contents);
    return Fixture.refusal("csv:t.csv", options(folder).withTable(table))
        .contains("'" + folder.resolve("t.csv") + "'");
  }

  private AbstractStringAssert<?> refusal(String contents) throws IOException {
    return refusal(contents, TableOptions.USUAL);
  }

  @Test
  void classifiesByNames() throws IOException {
    var data = open(NAMES);
    assertThat(data.task()).isEqualTo(new Task.Classification(List.of("cat", "dog")));
    assertThat(data.train().inputShape()).containsExactly(2L);
    assertThat(data.train().targetShape()).isEmpty();
    assertThat(data.statements())
        .containsExactly(
            "6 lines from "
                + folder.resolve("t.csv")
                + "; classification by the column 'kind' into 2 classes",
            "test = 20 % of each class, drawn with seed 0;"
                + " validation = 10 % of each class of the rest, drawn with seed 0");
    for (int index = 0; index < data.train().size(); index++) {
      int line = Integer.parseInt(data.train().identity(index).substring(5));
      assertThat(labels(data.train())[index]).isEqualTo(line % 2);
    }
  }

  @Test
  void standardisesByTheTrainingPart() throws IOException {
    var data = open(table(200, row -> row * row + ",7," + (row % 2 == 0 ? "a" : "b")));
    var normalised = Normalisation.measuredOn(data.train());
    assertThat(normalised.means()).allSatisfy(m -> assertThat(m).isCloseTo(0, within(1e-6)));
    assertThat(normalised.scales()).allSatisfy(s -> assertThat(s).isCloseTo(1, within(1e-6)));
    assertThat(data.normalisation().means().get(1)).isCloseTo(7, within(1e-12));
    assertThat(data.normalisation().scales().get(1)).isEqualTo(1);
    int line = Integer.parseInt(data.test().identity(0).substring(5));
    double raw =
        input(data.test(), 0)[0] * data.normalisation().scales().getFirst()
            + data.normalisation().means().getFirst();
    assertThat(raw).isCloseTo((line - 2) * (line - 2), within(0.01));
  }

  @Test
  void keepsDigitsOfLargeNumbers() throws IOException {
    var data = open(table(20, row -> (1_700_000_000 + row % 2) + ",0," + "ab".charAt(row % 2)));
    assertThat(input(data.train(), 0)[0]).isCloseTo(-1, within(1e-4f));
  }

  @Test
  void classifiesByFewWholeNumbersInTheirOrder() throws IOException {
    var data = open(table(60, row -> row + ",1," + (row % 3) * 5));
    assertThat(((Task.Classification) data.task()).classes()).containsExactly("0", "5", "10");
  }

  @Test
  void regressesOtherNumbers() throws IOException {
    var data = open(table(100, row -> row + ",1," + (row + 0.5)));
    assertThat(data.statements().getFirst()).endsWith("; regression of the column 'label'");
    var task = (Task.Regression) data.task();
    assertThat(task.targets()).containsExactly("label");
    int line = Integer.parseInt(data.test().identity(0).substring(5));
    double raw = target(data.test(), 0)[0] * task.scales().getFirst() + task.means().getFirst();
    assertThat(raw).isCloseTo(line - 2 + 0.5, within(1e-4));
    assertThat(data.statements().get(1))
        .isEqualTo(
            "test = 20 %, drawn with seed 0; validation = 10 % of the rest, drawn with seed 0");
  }

  @Test
  void learnsWhatItIsTold() throws IOException {
    var contents = table(60, row -> row + ",1," + row % 3);
    assertThat(open(contents, new TableOptions(null, List.of(), Kind.REGRESSION)).task())
        .isInstanceOf(Task.Regression.class);
    var many = table(60, row -> row + ",1," + (row % 30) / 2.0);
    assertThat(open(many, new TableOptions(null, List.of(), Kind.CLASSIFICATION)).task().outputs())
        .isEqualTo(30);
    refusal(NAMES, new TableOptions(null, List.of(), Kind.REGRESSION))
        .contains("line 2, column 'kind': 'cat' is not a finite number");
  }

  @Test
  void takesTheLabelAndTheInputsByName() throws IOException {
    var data = open(NAMES, new TableOptions("size", List.of("kind"), Kind.REGRESSION));
    assertThat(data.train().inputShape()).containsExactly(1L);
    refusal(NAMES, new TableOptions("seize", List.of(), null))
        .endsWith("has no column 'seize'; did you mean 'size'?");
    refusal(NAMES, new TableOptions(null, List.of("color"), null))
        .endsWith("has no column 'color'; did you mean 'colour'?");
    refusal(NAMES, new TableOptions("kind", List.of("kind"), null))
        .endsWith("is both the label and to be ignored.");
    refusal(NAMES, new TableOptions(null, List.of("size", "colour"), null))
        .endsWith("has no column but the label 'kind', so there is nothing to learn from.");
    refusal(NAMES, new TableOptions(null, List.of("size", "colour", "kind"), null))
        .endsWith("is to be ignored.");
  }

  @Test
  void ignoredColumnsMayHoldAnything() throws IOException {
    var contents = NAMES.replace("1,10", "one,10");
    assertThat(open(contents, new TableOptions(null, List.of("size"), null)).task().outputs())
        .isEqualTo(2);
  }

  @Test
  void readsQuotesAndOtherSeparators() throws IOException {
    var quoted =
        "\"a, b\",kind\r\n\"1\",\"x \"\"y\"\"\"\r\n2,\"two\nlines\"\r\n3,\"two\nlines\"\r\n";
    assertThat(((Task.Classification) open(quoted).task()).classes())
        .containsExactly("two\nlines", "x \"y\"");
    assertThat(open(NAMES.replace(',', ';')).train().inputShape()).containsExactly(2L);
    assertThat(open(NAMES.replace(',', '\t')).train().inputShape()).containsExactly(2L);
  }

  @Test
  void readsCompressedFilesAndByteOrderMarks() throws IOException {
    var bytes = ("\uFEFF" + NAMES).getBytes(StandardCharsets.UTF_8);
    write(folder.resolve("t.csv.gz"), gzip(bytes));
    var data =
        DataSets.open(
            "csv:t.csv.gz",
            options(folder).withTable(new TableOptions("kind", List.of("size"), null)));
    assertThat(data.task().outputs()).isEqualTo(2);
  }

  @Test
  void balancesClasses() throws IOException {
    write(folder.resolve("t.csv"), table(100, row -> row + ",1," + (row < 75 ? "a" : "b")));
    var data = DataSets.open("csv:t.csv", options(folder).withBalancedClasses(true));
    var weights = ((Task.Classification) data.task()).classWeights();
    assertThat(weights.get(0)).isCloseTo(72 / (2 * 54.0), within(1e-12));
    assertThat(weights.get(1)).isCloseTo(72 / (2 * 18.0), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"red", "NaN", "Infinity", "1e999", "0x10", "1d", "1,0", "--1", "1 2"})
  void namesTheCellThatIsNoNumber(String cell) throws IOException {
    refusal(NAMES.replace("4,40", "4,\"" + cell + "\""))
        .isEqualTo(
            "In '%s', line 5, column 'colour': '%s' is not a finite number;"
                + " encode it as one, or leave the column out.",
            folder.resolve("t.csv"), cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "+1", "-1.5", ".5", "5.", "1e-3", "1E+3", " 7 "})
  void takesNumbersAsPeopleWriteThem(String cell) throws IOException {
    assertThat(open(NAMES.replace("4,40", "4," + cell)).task().outputs()).isEqualTo(2);
  }

  @Test
  void namesTheCellThatIsMissing() throws IOException {
    refusal(NAMES.replace("4,40", "4, "))
        .endsWith("line 5, column 'colour': the value is missing; fill it in, or remove the line.");
    refusal(NAMES.replace("40,dog", "40,")).contains("line 5, column 'kind': the value is missing");
  }

  @Test
  void namesTheLineWithAnotherNumberOfCells() throws IOException {
    refusal(NAMES.replace("4,40,dog", "4,40"))
        .endsWith("line 5 has 2 cells, but there are 3 columns.");
    refusal(NAMES.replace("4,40,dog", "4,40,dog,7"))
        .endsWith("line 5 has 4 cells, but there are 3 columns.");
  }

  @Test
  void refusesUnusableFirstLines() throws IOException {
    refusal("").endsWith("is empty.");
    refusal("1,2,3\n4,5,6\n").endsWith("must name the columns, but it holds only numbers.");
    refusal("a,,c\n1,2,3\n").endsWith("column 2 has no name.");
    refusal("a,b,a\n1,2,3\n").endsWith("two columns are named 'a'.");
    refusal("a\nx\ny\n").contains("nothing to learn from");
    refusal("a,b\n1,x\n").endsWith("has fewer than 2 lines below the first.");
  }

  @Test
  void refusesUnusableLabels() throws IOException {
    refusal("a,b\n1,x\n2,x\n")
        .endsWith("column 'b' has 1 different values; a classification has 2 to 10,000.");
    refusal(table(20_001, row -> row + ",1,n" + row)).contains("has 20,001 different values");
    refusal(table(100, row -> row + ",1," + (row == 40 ? "n/a" : row + 0.5)))
        .contains("line 42, column 'label': 'n/a' is not a finite number");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    write(folder.resolve("t.csv"), (byte) 'a', (byte) ',', (byte) 0xfc, (byte) '\n');
    Fixture.refusal("csv:t.csv", options(folder)).contains("is not text in UTF-8");
    var whole = gzip(NAMES.getBytes(StandardCharsets.UTF_8));
    write(folder.resolve("t.csv"), Arrays.copyOf(whole, 40));
    Fixture.refusal("csv:t.csv", options(folder))
        .endsWith("it ends too early, so it is truncated.");
    Fixture.refusal("csv:" + folder, options(folder)).contains("cannot be read");
  }

  @Test
  void refusesACellWithoutEnd() throws IOException {
    var endless = "a,b\n\"" + "x".repeat(20_000_000) + "\n";
    refusal(endless).contains("is not a table");
  }

  @Test
  void meetsMutationsWithASentenceOrTheData() throws IOException {
    var random = new Random(2);
    var whole = NAMES.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 1000; round++) {
      var mutated = whole.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      write(folder.resolve("t.csv"), mutated);
      try {
        assertThat(Fixture.size(DataSets.open("csv:t.csv", options(folder)))).isBetween(2, 7);
      } catch (UserException told) {
        assertThat(told).hasMessageContaining("t.csv");
      }
    }
  }

  private static String table(int rows, IntFunction<String> row) {
    return IntStream.range(0, rows)
        .mapToObj(row)
        .collect(Collectors.joining("\n", "a,b,label\n", "\n"));
  }
}
