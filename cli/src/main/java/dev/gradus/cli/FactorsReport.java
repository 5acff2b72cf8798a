package dev.gradus.cli;

import dev.gradus.cli.page.Fact;
import dev.gradus.cli.page.FactorView;
import dev.gradus.cli.page.FactorsPage;
import dev.gradus.cli.page.RowChart;
import dev.gradus.cli.page.StudyView.Table;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Puts the factors of a network on a page.
 *
 * @param set the data
 * @param examples those that are looked at
 * @param study what the factors make of them
 */
record FactorsReport(DataSet set, Examples examples, FactorStudy study) {
  /** How many of the examples that use a factor most are shown. */
  private static final int SHOWN_USERS = 12;

  private static final int SHOWN_AREAS = 4;

  /** The page. */
  FactorsPage page(String run, String description) {
    var views = ExampleView.of(set, examples, SHOWN_USERS * study.factors().size());
    var cards = study.factors().stream().map(factor -> view(factor, views)).toList();
    return new FactorsPage(run, description, facts(), attributes(), cards);
  }

  private List<Fact> facts() {
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Factors", Integer.toString(study.factors().size()), ""));
    facts.add(new Fact("Examples", String.format(Locale.ROOT, "%,d", study.scores().size()), ""));
    facts.add(new Fact("Scores that are 0", percent(study.zeros()), "over examples and factors"));
    facts.add(new Fact("Explained", percent(study.explained()), "of the squared features"));
    return facts;
  }

  /** For each class and attribute the factor that tells it best. */
  private Table attributes() {
    var rows =
        IntStream.range(0, study.attributes().size())
            .mapToObj(
                number -> {
                  var best = study.best(number);
                  return List.of(
                      study.attributes().get(number).name(),
                      "%d".formatted(best.number() + 1),
                      area(best.areas().get(number)));
                })
            .toList();
    return new Table(List.of("class or attribute", "best factor", "area"), rows);
  }

  private FactorView view(FactorStudy.Factor factor, ExampleView views) {
    return new FactorView(
        factor.number() + 1,
        percent(factor.zeros()),
        String.format(Locale.ROOT, "%.3g", factor.mean()),
        RowChart.of(study.features().dictionary().row(factor.number())),
        areas(factor),
        study.users(factor.number(), SHOWN_USERS).stream()
            .map(index -> user(index, factor.number(), views))
            .toList());
  }

  /** What the factor tells best. */
  private List<FactorView.Area> areas(FactorStudy.Factor factor) {
    var numbers =
        IntStream.range(0, study.attributes().size())
            .boxed()
            .filter(number -> !Double.isNaN(factor.areas().get(number)))
            .sorted(Comparator.comparingDouble(number -> -factor.areas().get(number)))
            .limit(SHOWN_AREAS)
            .toList();
    return numbers.stream()
        .map(
            number ->
                new FactorView.Area(
                    study.attributes().get(number).name(),
                    factor.areas().get(number),
                    !study.attributes().get(number).isClass()))
        .toList();
  }

  private FactorView.User user(int index, int factor, ExampleView views) {
    return new FactorView.User(
        examples.identity(index),
        study.attributes().get(study.labels().get(index)).name(),
        String.format(Locale.ROOT, "%.3g", study.scores().get(index)[factor]),
        views.picture(index),
        views.columns(index));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String area(double area) {
    return Double.isNaN(area) ? "" : String.format(Locale.ROOT, "%.3f", area);
  }
}
