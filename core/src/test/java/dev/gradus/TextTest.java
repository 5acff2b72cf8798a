package dev.gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Stage;
import dev.gradus.schedule.Schedules;
import dev.gradus.schedule.Warmup;
import dev.gradus.text.Option;
import dev.gradus.text.RecordType;
import dev.gradus.text.TextException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines and schedules as text and back. */
class TextTest {
  private static final int DRAWS = 30;

  static Stream<RecordType<?>> everyRecord() {
    return Stream.concat(Rules.CATALOGUE.types().stream(), Schedules.CATALOGUE.types().stream());
  }

  static List<RecordType<?>> rules() {
    return List.copyOf(Rules.CATALOGUE.types());
  }

  private static Object parse(RecordType<?> type, String text) {
    return rules().contains(type) ? Rules.CATALOGUE.single(text) : Schedules.CATALOGUE.single(text);
  }

  @ParameterizedTest
  @MethodSource("everyRecord")
  void whatIsPrintedIsReadBack(RecordType<?> type) {
    var random = new Random(17);
    for (int i = 0; i < DRAWS; i++) {
      Object drawn = Settings.drawn(type, random);
      String text = type.print(drawn);
      assertThat(parse(type, text)).as(text).isEqualTo(drawn);
    }
  }

  @ParameterizedTest
  @MethodSource("everyRecord")
  void aRecordAtItsDefaultsIsItsName(RecordType<?> type) {
    Object byDefault = parse(type, type.name());
    assertThat(type.print(byDefault)).isEqualTo(type.name());
    assertThat(parse(type, type.name() + " ( )")).isEqualTo(byDefault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam|project |decay( 0.01 ); adam | project | decay",
        "decay(weightDecay=2e-2); decay(0.02)",
        "adam(epsilon=1E-6,beta1=.5); adam(beta1=0.5, epsilon=1e-6)",
        "decay(1.) as x | sgd; decay(1) as x | sgd",
        "clip-norm(norm=max); clip-norm(norm=max)",
        "trust-ratio(∞); trust-ratio",
        "decay(1e22); decay(1e22)",
        "unit-rows(+3); unit-rows(every=3)",
        "'  '; ''"
      })
  void pipelinesArePrintedInOneForm(String text, String printed) {
    assertThat(Rules.parse(text).toString()).isEqualTo(printed);
    assertThat(Rules.parse(printed)).isEqualTo(Rules.parse(text));
  }

  @Test
  void schedulesNest() {
    String text = "warmup(steps=5, then=warmup(steps=7, then=cosine(floor=0.1)))";
    assertThat(Schedules.parse(text)).hasToString(text);
    assertThat(RecordType.of(Warmup.class).print(Schedules.parse(text))).isEqualTo(text);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("adam |", 6, "A name is expected", "."),
        Arguments.of("| adam", 0, "A name is expected", "."),
        Arguments.of("adam | | sgd", 7, "A name is expected", "."),
        Arguments.of("adam sgd", 5, "'s' is not expected", "."),
        Arguments.of("adam as", 7, "A label must follow 'as'", "."),
        Arguments.of("adam as a b", 10, "'b' is not expected", "."),
        Arguments.of("adam(0.9", 8, "',' or ')' is expected", "."),
        Arguments.of("adam(0.9 0.8)", 9, "',' or ')' is expected", "."),
        Arguments.of("adam(,)", 5, "A value is expected", "."),
        Arguments.of("adam(beta1=)", 11, "A value is expected", "."),
        Arguments.of("adam(beta1=0.9,)", 15, "A value is expected", "."),
        Arguments.of("adam)", 4, "')' is not expected", "."),
        Arguments.of("adam 😀", 5, "'😀' is not expected", "."),
        Arguments.of("sgd | adma", 6, "Unknown rule 'adma'", "; did you mean 'adam'?"),
        Arguments.of("adam(beta=1)", 5, "'adam' has no option 'beta'", "; did you mean 'beta1'?"),
        Arguments.of("decay(x=1)", 6, "'decay' has no option 'x'", "; known are weightDecay."),
        Arguments.of("adam(beta1=0, beta1=0)", 14, "Option beta1 is set twice", "."),
        Arguments.of("adam(0.5, beta1=0.5)", 10, "Option beta1 is set twice", "."),
        Arguments.of(
            "adam(0.5, 0.6)",
            10,
            "Only the first argument of 'adam' may stand without a name",
            "."),
        Arguments.of(
            "caution(1)", 8, "Only the first argument of 'caution' may stand without a name", "."),
        Arguments.of("adam(beta1=x)", 5, "Option beta1 takes a number", "."),
        Arguments.of("adam(beta1=f(1))", 5, "Option beta1 takes a number", "."),
        Arguments.of("adam(amsgrad=1)", 5, "Option amsgrad takes true or false", "."),
        Arguments.of("clip-norm(norm=MAX)", 10, "Option norm takes euclidean or max", "."),
        Arguments.of("unit-rows(1.5)", 10, "Option every takes a whole number", "."),
        Arguments.of(
            "sgd | adam(beta2=0, beta1=1)",
            20,
            "Option beta1 of 'adam' is 1, but must lie in [0, 1)",
            "."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesArePointedAt(String text, int position, String problem, String end) {
    TextException e = catchThrowableOfType(TextException.class, () -> Rules.parse(text));
    assertThat(e).hasMessage("%s (character %d of \"%s\")%s", problem, position + 1, text, end);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.pointer()).isEqualTo(text + System.lineSeparator() + " ".repeat(position) + "^");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1p3",
        "1d",
        "1f",
        "1_000",
        "1e",
        "e5",
        ".",
        "+",
        "--1",
        "٣",
        "1.2.3",
        "∞∞",
        "-∞"
      })
  void onlyPlainNumbersAreRead(String number) {
    assertThatThrownBy(() -> Rules.parse("decay(" + number + ")"))
        .isInstanceOf(TextException.class);
    assertThatThrownBy(() -> Rules.parse("decay(weightDecay=" + number + ")"))
        .isInstanceOf(TextException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"∞", "1e400", "-1", "-0.1"})
  void numbersOutsideTheRangeAreRefused(String number) {
    assertThatThrownBy(() -> Rules.parse("decay(" + number + ")"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Option weightDecay of 'decay' is ")
        .hasMessageContaining(", but must lie in [0, ∞) (character 7 of ");
  }

  static Stream<Arguments> everyNumber() {
    return everyRecord()
        .flatMap(
            type ->
                type.options().stream()
                    .filter(option -> !option.range().isEmpty())
                    .filter(option -> option.type() != SortedMap.class)
                    .map(option -> Arguments.of(type, option)));
  }

  @ParameterizedTest
  @MethodSource("everyNumber")
  void everyNumberIsKeptInItsRange(RecordType<?> type, Option option) {
    for (String outside : outside(option)) {
      String text = type.name() + "(" + option.name() + "=" + outside + ")";
      assertThatThrownBy(() -> parse(type, text))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Option %s of '%s' is %s, but must lie in %s (character %d of \"%s\").",
              option.name(), type.name(), outside, option.range(), type.name().length() + 2, text);
    }
  }

  /** Numbers just outside the ends. */
  private static List<String> outside(Option option) {
    String range = option.range();
    String[] ends = range.substring(1, range.length() - 1).split(", ", 2);
    var outside = new ArrayList<String>();
    outside.add(range.startsWith("[") ? "-1" : ends[0]);
    if (!ends[1].equals("∞")) {
      outside.add(range.endsWith("]") ? "2" : ends[1]);
    }
    return outside;
  }

  @ParameterizedTest
  @MethodSource("everyNumber")
  void everyDecimalIsANumber(RecordType<?> type, Option option) {
    if (option.type() == double.class) {
      assertThatThrownBy(() -> type.with(parse(type, type.name()), option.name(), Double.NaN))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Option %s of '%s' is NaN, but must lie in %s."
                  .formatted(option.name(), type.name(), option.range()));
    }
  }

  @Test
  void deepCallsAreRefused() {
    String deep = "warmup(then=".repeat(17) + "cosine" + ")".repeat(17);
    assertThatThrownBy(() -> Schedules.parse(deep))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("Calls are nested too deeply (character 200 of \"…");
  }

  @Test
  void longTextsAreRefusedAndNotRepeated() {
    String text = "decay | ".repeat(100_000) + "decay";
    assertThatThrownBy(() -> Rules.parse(text))
        .isInstanceOf(TextException.class)
        .hasMessageStartingWith("The text has 800005 characters, but may have 2000 (character 2001")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(250));
  }

  @Test
  void messagesHoldNothingThatControlsATerminal() {
    assertThatThrownBy(() -> Rules.parse("adam \u001b[31m\u0007"))
        .isInstanceOf(TextException.class)
        .hasMessage("' ' is not expected (character 6 of \"adam  [31m \").");
  }

  @Test
  void labelsArePrintedAndRead() {
    Pipeline pipeline =
        new Pipeline(
            Stream.of("one", "as", "2-x_Y")
                .map(label -> new Stage("adam", Rules.CATALOGUE.single("adam"), Optional.of(label)))
                .toList());
    assertThat(pipeline.toString()).isEqualTo("adam as one | adam as as | adam as 2-x_Y");
    assertThat(Rules.parse(pipeline.toString())).isEqualTo(pipeline);
  }
}
