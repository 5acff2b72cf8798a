package dev.gradus.cli;

import dev.gradus.cli.Suspects.Judgement;
import dev.gradus.cli.Suspects.Suspect;
import dev.gradus.cli.page.Coordinate;
import dev.gradus.cli.page.Fact;
import dev.gradus.cli.page.Histogram;
import dev.gradus.cli.page.Sparkline;
import dev.gradus.cli.page.SuspectsPage;
import dev.gradus.cli.page.Suspicion;
import dev.gradus.djl.Answers;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.telemetry.RateHistory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts the suspects of a run on a page.
 *
 * @param source the run
 * @param set its data
 * @param suspects all of them
 */
record SuspectsReport(Source source, DataSet set, Suspects suspects) {
  /** More than anyone looks at, and few enough for a page that opens. */
  static final int LARGEST = 1000;

  private static final int SHOWN_ANSWERS = 3;

  /**
   * Where suspects come from.
   *
   * @param run the run's folder
   * @param description what was trained and how
   * @param checkpoint which of its weights
   * @param epoch the epoch behind which they were written
   * @param epochs epochs of the whole run
   */
  record Source(String run, String description, String checkpoint, int epoch, int epochs) {
    String moment() {
      return "weights and rates after epoch %d of %d (%s)".formatted(epoch, epochs, checkpoint);
    }
  }

  /** The page of the least trusted. */
  SuspectsPage page(List<Suspect> shown, List<RateHistory> histories, Answers network) {
    double highest = highest(histories);
    return new SuspectsPage(
        source.run(),
        source.description(),
        source.moment(),
        facts(shown),
        histogram(highest),
        Coordinate.text(highest),
        suspicions(shown, histories, highest, network));
  }

  private double highest(List<RateHistory> histories) {
    double highest = 1;
    for (var suspect : suspects.ranked()) {
      highest = Math.max(highest, suspect.rate());
    }
    for (var history : histories) {
      for (var point : history.points()) {
        highest = Math.max(highest, point.rate());
      }
    }
    return highest;
  }

  private List<Fact> facts(List<Suspect> shown) {
    int all = suspects.ranked().size();
    long low = suspects.ranked().stream().filter(suspect -> suspect.rate() < 0.5).count();
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Training examples", count(all), ""));
    facts.add(new Fact("Rates below 0.5", percent((double) low / all), count(low) + " examples"));
    suspects.judgement().ifPresent(judgement -> facts.addAll(facts(judgement, shown.size())));
    return facts;
  }

  private static List<Fact> facts(Judgement judgement, int shown) {
    int all = judgement.wrong().size();
    return List.of(
        new Fact(
            "Wrong labels",
            percent((double) judgement.count() / all),
            count(judgement.count()) + " examples, as the experiment made them"),
        new Fact(
            "ROC area",
            String.format(Locale.ROOT, "%.3f", judgement.area()),
            "under the curve; 1: wrong labels all come first, 0.5: by chance"),
        precision(judgement, shown),
        precision(judgement, judgement.half()));
  }

  private static Fact precision(Judgement judgement, int first) {
    return new Fact(
        "Precision at " + count(first),
        percent(judgement.precision(first)),
        "of the %s least trusted have a wrong label".formatted(count(first)));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private Histogram histogram(double highest) {
    var counter = new Histogram.Counter(highest);
    suspects.ranked().forEach(suspect -> counter.add(suspect.rate(), isWrong(suspect)));
    return counter.draw(suspects.wrong().isPresent());
  }

  private boolean isWrong(Suspect suspect) {
    return suspects.wrong().filter(truth -> truth.isWrong(suspect.index())).isPresent();
  }

  private List<Suspicion> suspicions(
      List<Suspect> shown, List<RateHistory> histories, double highest, Answers network) {
    var views = ExampleView.of(set, set.train(), shown.size());
    var suspicions = new ArrayList<Suspicion>();
    network.to(
        set.train().subset(shown.stream().mapToInt(Suspect::index).toArray()),
        answer -> {
          var suspect = shown.get(answer.index());
          suspicions.add(
              new Suspicion(
                  suspect.identity(),
                  suspect.rate(),
                  curve(histories.get(answer.index()), highest),
                  views.picture(suspect.index()),
                  views.columns(suspect.index()),
                  answers(suspect.label(), answer.values()),
                  truth(suspect)));
        });
    return suspicions;
  }

  private Optional<Sparkline> curve(RateHistory history, double highest) {
    var points =
        history.points().stream()
            .map(point -> new Sparkline.Point(point.epoch(), point.rate()))
            .toList();
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(Sparkline.of(points, source.epochs(), highest, source.epoch()));
  }

  /** The label and the classes that are most probable. */
  private List<Suspicion.Answer> answers(String label, List<Double> probabilities) {
    var byProbability =
        IntStream.range(0, probabilities.size())
            .boxed()
            .sorted(Comparator.comparing(probabilities::get, Collections.reverseOrder()))
            .map(place -> answer(place, label, probabilities))
            .toList();
    var first = byProbability.subList(0, Math.min(SHOWN_ANSWERS, byProbability.size()));
    if (first.stream().anyMatch(Suspicion.Answer::given)) {
      return first;
    }
    var withLabel = new ArrayList<>(first.subList(0, first.size() - 1));
    byProbability.stream().filter(Suspicion.Answer::given).forEach(withLabel::add);
    return withLabel;
  }

  private Suspicion.Answer answer(int place, String label, List<Double> probabilities) {
    var name = suspects.classes().get(place);
    return new Suspicion.Answer(name, probabilities.get(place), name.equals(label));
  }

  private Optional<Suspicion.Truth> truth(Suspect suspect) {
    return suspects
        .wrong()
        .map(
            truth ->
                new Suspicion.Truth(
                    truth.isWrong(suspect.index()),
                    suspects.classes().get(truth.ownLabel(suspect.index()))));
  }
}
