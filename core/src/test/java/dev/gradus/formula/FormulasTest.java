package dev.gradus.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.Rules;
import dev.gradus.Settings;
import dev.gradus.equation.Equations;
import dev.gradus.equation.Pipeline;
import dev.gradus.equation.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Formulas against those of textbooks, and what must hold for every pipeline. */
class FormulasTest {
  private static final int READABLE = 160;
  private static final Pattern INVENTED = Pattern.compile("(?<![\\p{L}\\\\])[xyzr](?![\\p{L}])");

  private static Formulas of(Pipeline pipeline) {
    return Formulas.of(Equations.of(pipeline, Shape.of(4, 5)));
  }

  private static List<String> lines(String pipeline, Notation notation) {
    return of(Rules.parse(pipeline)).in(notation).stream()
        .map(line -> line.name() + " = " + line.body())
        .toList();
  }

  @Test
  void adamReadsAsInItsPaper() {
    assertThat(lines("adam", Notation.plain()))
        .containsExactly(
            "m′ = 0.9 × m + 0.1 × g",
            "v′ = 0.999 × v + 0.001 × g²",
            "a = √(1 ÷ (1 − 0.999ᵗ))",
            "u = m′ ÷ (a × √v′ + 10⁻⁸)",
            "b = η ÷ (1 − 0.9ᵗ)",
            "w′ = w − b × u");
  }

  @Test
  void adamReadsAsInItsPaperInLatexToo() {
    assertThat(lines("adam", Notation.latex()))
        .containsExactly(
            "m' = 0.9 \\, m + 0.1 \\, g",
            "v' = 0.999 \\, v + 0.001 \\, {g}^{2}",
            "a = \\sqrt{\\frac{1}{1 - {0.999}^{t}}}",
            "u = \\frac{m'}{a \\, \\sqrt{v'} + 10^{-8}}",
            "b = \\frac{\\eta}{1 - {0.9}^{t}}",
            "w' = w - b \\, u");
  }

  @Test
  void normsSumsAndChoicesHaveTheirSigns() {
    assertThat(lines("clip-norm(2, epsilon=0) | trust-ratio(clipBound=1)", Notation.plain()))
        .containsExactly(
            "a = 1 ÷ max(‖g‖ₘ ÷ 2, 1)",
            "b = ‖a × g‖",
            "c = ‖w‖ ÷ b if 0 < min(‖w‖, b), else 1",
            "trustRatio = min(max(c, 0), 1)",
            "u = trustRatio × a × g",
            "w′ = w − η × u");
    assertThat(lines("centralise", Notation.plain()))
        .containsExactly("u = g − Σᵣ g ÷ n", "w′ = w − η × u");
    assertThat(lines("clip-norm(norm=max)", Notation.plain()).getFirst()).contains("maxₘ |g|");
    assertThat(lines("novograd", Notation.latex()).getFirst())
        .isEqualTo(
            "v' = \\begin{cases} {\\left\\|g\\right\\|}^{2} & \\text{if } v = 0 \\\\"
                + " 0.98 \\, v + 0.02 \\, {\\left\\|g\\right\\|}^{2} & \\text{otherwise}"
                + " \\end{cases}");
  }

  static Stream<Pipeline> pipelines() {
    return Settings.pipelines().stream();
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void everyLineIsShortAndUsesOnlyWhatStandsAboveIt(Pipeline pipeline) {
    var defined = new HashSet<String>();
    for (Formulas.Line line : of(pipeline).in(Notation.plain())) {
      assertThat(line.body()).hasSizeLessThan(READABLE);
      INVENTED
          .matcher(line.body())
          .results()
          .forEach(used -> assertThat(defined).as(line.body()).contains(used.group()));
      assertThat(defined.add(line.name())).as(line.name()).isTrue();
    }
    assertThat(defined).contains("w′");
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void latexClosesWhatItOpens(Pipeline pipeline) {
    for (Formulas.Line line : of(pipeline).in(Notation.latex())) {
      String body = line.body();
      assertThat(count(body, "{")).as(body).isEqualTo(count(body, "}"));
      assertThat(count(body, "\\left")).as(body).isEqualTo(count(body, "\\right"));
      assertThat(count(body, "\\begin")).as(body).isEqualTo(count(body, "\\end"));
      assertThat(body).doesNotContainPattern("[^\\x00-\\x7f]");
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
