package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mistyped command line is answered: one sentence, and exit code 2. */
class MistakesTest {

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "Spark is not on the class path; set SPARK_HOME to Spark's folder, or give the command"
                + " to spark-submit.",
            "spark-train",
            "--workers=2"),
        mistake("Unknown command 'trian'; did you mean 'train'?", "trian"),
        mistake(
            "Unknown command 'zzzzzzzzz'; known are train, spark-train, evaluate, suspects,"
                + " factors, personalize, predict, export, rules, explain, lr-find, compress,"
                + " replay, compare, sweep, report, toys, doctor, completion, help.",
            "zzzzzzzzz"),
        mistake(
            "The link '100mb' has the bandwidth '100mb'; write a number and its unit, such as"
                + " 100mbit.",
            "compress",
            "plan",
            "--link=100mb"),
        mistake(
            "A link of 0 bits per second carries nothing; give more, such as 100mbit.",
            "compress",
            "scale",
            "--link=0gbit"),
        mistake(
            "Option --workers takes a whole number from 1 to 2147483647, not '0'.",
            "compress",
            "plan",
            "--workers=0"),
        mistake("Unknown command 'plann'; did you mean 'plan'?", "compress", "plann"),
        mistake("Command compare needs PIPELINE; name at least one.", "compare"),
        mistake("A pipeline is given twice; leave one out.", "compare", "adam", "adam"),
        mistake(
            "The setting 'data' is given twice; give it once.",
            "compare",
            "adam",
            "--data=digits",
            "--set=data=iris"),
        mistake(
            "Give one of --epochs, --steps and --minutes.",
            "compare",
            "adam",
            "--steps=5",
            "--minutes=1"),
        mistake(
            "Name a FILE, or by --search what is varied, such as lr=0.01,0.1.",
            "sweep",
            "--steps=5"),
        mistake(
            "Option --steps cannot change what a.yaml says; write it there.",
            "sweep",
            "a.yaml",
            "--jobs=2",
            "--steps=5"),
        mistake("Command report needs FOLDER; name at least one.", "report"),
        mistake("The folder 'nowhere' does not exist.", "report", "nowhere"),
        mistake(
            "The folder 'src/main/jte' is neither that of a run nor that of a sweep.",
            "report",
            "src/main/jte"),
        mistake(
            "'report.pdf' cannot be the name of a page; give one that ends in .html.",
            "report",
            "src",
            "--html=report.pdf"),
        mistake("Command replay needs TRACE.json; name at least one.", "replay"),
        mistake(
            "Option --engine is one of reference, native, ndarray, not 'fast'.",
            "replay",
            "x.json",
            "--engine",
            "fast"),
        mistake("Unknown option '--epoch'; did you mean '--epochs'?", "train", "--epoch", "3"),
        mistake(
            "Unknown option '--optimiser'; did you mean '--optimizer'?",
            "train",
            "--optimiser=sgd"),
        mistake(
            "Unknown option '--qqqqqqqqqqqq'; 'gradus train --help' lists those that exist.",
            "train",
            "--qqqqqqqqqqqq"),
        mistake(
            "Unexpected 'digits': gradus train takes options only, such as --data digits.",
            "train",
            "digits"),
        mistake("Option --lr needs a value, RATE.", "train", "--lr"),
        mistake("Option --lr is given twice; give it once.", "train", "--lr", "1", "--lr", "2"),
        mistake(
            "Option --lr takes a number above 0, such as 0.001, not '0'.", "train", "--lr", "0"),
        mistake(
            "Option --lr takes a number above 0, such as 0.001, not 'Infinity'.",
            "train",
            "--lr",
            "Infinity"),
        mistake(
            "Option --lr takes a number above 0, such as 0.001, not 'fast'.", "train", "--lr=fast"),
        mistake(
            "Option --epochs takes a whole number from 1 to 2147483647, not '0'.",
            "train",
            "--epochs",
            "0"),
        mistake(
            "Option --epochs takes a whole number from 1 to 2147483647, not '1.5'.",
            "train",
            "--epochs",
            "1.5"),
        mistake(
            "Option --batch takes a whole number from 1 to 2147483647, not '99999999999'.",
            "train",
            "--batch",
            "99999999999"),
        mistake(
            "Option --measure-every takes a whole number from 0 to 2147483647, not '-1'.",
            "train",
            "--measure-every=-1"),
        mistake(
            "Option --patience takes a whole number from 1 to 2147483647, not '0'.",
            "train",
            "--patience=0"),
        mistake(
            "Option --min-improvement takes a number of 0 or more, such as 0.001, not '-1'.",
            "train",
            "--min-improvement=-1"),
        mistake(
            "Option --min-improvement says what --patience counts; give both or leave it out.",
            "train",
            "--min-improvement=0.1"),
        mistake(
            "Early stopping watches the validation loss, but the data set digits has no validation"
                + " examples; keep some or leave early stopping out.",
            "train",
            "--validation=0",
            "--patience=2"),
        mistake(
            "Option --blocks, --rho is for --method block-admm; give that too or leave it out.",
            "train",
            "--rho=1",
            "--blocks=3"),
        mistake(
            "Options --blocks and --cuts both say where to cut; give one.",
            "train",
            "--method=block-admm",
            "--cuts=output",
            "--blocks=3"),
        mistake(
            "Option --step-size-z takes a number above 0, such as 0.1, or auto, not '0'.",
            "train",
            "--step-size-z=0"),
        mistake("Option --seed takes a whole number, not 'x'.", "train", "--seed", "x"),
        mistake(
            "Option --validation takes a part from 0 to below 1, such as 0.1, not '1'.",
            "train",
            "--validation",
            "1"),
        mistake(
            "Option --class-weights is one of none, balanced, not 'heavy'.",
            "train",
            "--class-weights",
            "heavy"),
        mistake(
            "Option --task is one of classification, regression, not 'clustering'.",
            "train",
            "--task",
            "clustering"),
        mistake(
            "Option --checkpoint-every takes a number of steps or a time such as 500, 30s, 10m, not"
                + " '30 days'.",
            "train",
            "--checkpoint-every",
            "30 days"),
        mistake(
            "Option --image-size is for data of the form images:, not for 'digits'; leave it out.",
            "train",
            "--image-size=8"),
        mistake(
            "Option --label is for data of the form csv: or parquet:, not for 'idx:here'; leave it"
                + " out.",
            "train",
            "--data=idx:here",
            "--label=y"),
        mistake("Unknown data set 'digit'; did you mean 'digits'?", "train", "--data", "digit"),
        mistake(
            "Unknown validation metric 'acuracy'; did you mean 'accuracy'?",
            "train",
            "--best-by",
            "acuracy"));
  }

  private static Arguments mistake(String sentence, String... arguments) {
    return Arguments.of(sentence, arguments);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void areToldInOneSentence(String sentence, String[] arguments) {
    var refused = Invocation.of(arguments);
    assertThat(refused.err().lines().toList().getLast()).isEqualTo("gradus: " + sentence);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out()).isEmpty();
    assertThat(Runs.FOLDER).doesNotExist();
    assertThat(refused.err()).doesNotContain("\tat ");
  }

  @Test
  void aPipelineIsPointedInto() {
    var refused = Invocation.of("train", "--optimizer", "adam | projekt | decay(0.01)");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            """
            gradus: Unknown rule 'projekt' (character 8 of "adam | projekt | decay(0.01)"); \
            did you mean 'project'?
              adam | projekt | decay(0.01)
                     ^
            """);
  }

  @Test
  void augmentationsModelsAndSchedulesArePointedInto() {
    assertThat(Invocation.of("train", "--augment", "crp").err())
        .contains("Unknown augmentation 'crp'", "did you mean 'crop'?", "\n  crp\n  ^\n");
    assertThat(Invocation.of("train", "--model", "mpl").err())
        .contains("Unknown model 'mpl'", "did you mean 'mlp'?", "\n  mpl\n  ^\n");
    assertThat(Invocation.of("train", "--schedule", "cosinus").err())
        .contains("Unknown schedule 'cosinus'", "did you mean 'cosine'?", "\n  cosinus\n  ^\n");
  }

  @Test
  void whatDoesNotFitTheDataIsRefusedBeforeThereIsARun(@TempDir Path temporary) {
    var folder = temporary.resolve("run");
    var refused = Invocation.of("train", "--model", "char-lstm", "--out", folder.toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("gradus: The model char-lstm learns text only;");
    assertThat(folder).doesNotExist();
  }
}
