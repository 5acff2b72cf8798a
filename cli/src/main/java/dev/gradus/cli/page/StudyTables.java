package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.StudyView.Table;
import dev.gradus.cli.report.Contender;
import dev.gradus.cli.report.Reach;
import dev.gradus.cli.report.Score;
import dev.gradus.cli.report.Sensitivity;
import dev.gradus.cli.report.Study;
import dev.gradus.cli.sweep.Difference;
import dev.gradus.cli.sweep.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of a study. */
final class StudyTables {
  private StudyTables() {}

  static Table results(Study study) {
    var headings = new ArrayList<>(List.of("", "runs"));
    for (var score : study.contenders().getFirst().scores()) {
      var last =
          score.metric().equals(study.metric())
              ? ""
              : score.metric().startsWith(Figure.LAST) ? "last epoch: " : "best epoch: ";
      headings.addAll(
          Stream.of(
                  "mean",
                  "sd",
                  "95 % interval",
                  "difference to " + study.baseline(),
                  "its 95 % interval")
              .map(heading -> last + heading)
              .toList());
    }
    headings.add("chosen");
    return new Table(headings, study.contenders().stream().map(StudyTables::result).toList())
        .withoutEmptyColumns();
  }

  private static List<String> result(Contender contender) {
    var row = new ArrayList<>(List.of(contender.name(), runs(contender)));
    contender.scores().forEach(score -> row.addAll(cells(score)));
    row.add(contender.chosen());
    return row;
  }

  private static String runs(Contender contender) {
    int all = contender.runs().size();
    return contender.diverged() == 0
        ? Integer.toString(all)
        : "%d, %d diverged".formatted(all, contender.diverged());
  }

  private static List<String> cells(Score score) {
    var metric = score.metric();
    var difference = score.difference();
    return List.of(
        value(metric, score.mean()),
        value(metric, score.deviation()),
        range(value(metric, score.low()), value(metric, score.high())),
        difference == null ? "" : signed(metric, difference.mean()),
        difference == null ? "" : interval(metric, difference));
  }

  private static String interval(String metric, Difference difference) {
    return range(signed(metric, difference.low()), signed(metric, difference.high()));
  }

  private static String range(String low, String high) {
    return low.isEmpty() ? "" : low.replace(" %", "") + " to " + high;
  }

  private static String value(String metric, double value) {
    return Double.isFinite(value) ? Figures.value(metric, value) : "";
  }

  private static String signed(String metric, double value) {
    var text = value(metric, Math.abs(value));
    return text.isEmpty() ? "" : (value < 0 ? "−" : "+") + text;
  }

  static Table costs(Study study) {
    var target = value(study.plainMetric(), study.target());
    var headings =
        List.of(
            "",
            "reach " + target,
            "steps to it",
            "time to it",
            "a step, in all",
            "least for the optimizer's bytes",
            "state, bytes per weight",
            "state in all",
            "moved a step, bytes per weight",
            "sent a step",
            "compression");
    return new Table(headings, study.contenders().stream().map(StudyTables::cost).toList())
        .withoutEmptyColumns();
  }

  private static List<String> cost(Contender contender) {
    var expense = contender.expense();
    var row = new ArrayList<>(List.of(contender.name()));
    row.addAll(reach(contender.reach()));
    row.add(number("%,.2f ms", expense.milliseconds()));
    row.add(number("%,.3f ms", expense.bandwidthMilliseconds()));
    row.add(number("%.1f", expense.stateBytes()));
    row.add(expense.weights() == 0 ? "" : bytes(expense.weights() * expense.stateBytes()));
    row.add(number("%.1f", expense.movedBytes()));
    row.add(bytes(expense.sentBytes()));
    row.add(number("%.1f×", expense.compression()));
    return row;
  }

  private static List<String> reach(@Nullable Reach reach) {
    return reach == null
        ? List.of("", "", "")
        : List.of(
            "%d of %d".formatted(reach.reached(), reach.runs()),
            number("%,.0f", reach.steps().mean()),
            Double.isNaN(reach.seconds().mean()) ? "" : Figures.seconds(reach.seconds().mean()));
  }

  private static String number(String form, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, form, value);
  }

  private static String bytes(double bytes) {
    if (Double.isNaN(bytes)) {
      return "";
    }
    return bytes < 1e6 ? number("%,.1f KB", bytes / 1e3) : number("%,.1f MB", bytes / 1e6);
  }

  /** Validation by learning rate, a row for each side. */
  static Table rates(Study study) {
    var rates = new TreeSet<Double>();
    sensitivities(study).forEach(s -> s.rates().forEach(rate -> rates.add(rate.rate())));
    var headings = new ArrayList<>(List.of("learning rate"));
    rates.forEach(rate -> headings.add(Axis.shortened(rate)));
    headings.add("good over");
    var rows = new ArrayList<List<String>>();
    for (var contender : study.contenders()) {
      Optional.ofNullable(contender.sensitivity())
          .ifPresent(s -> rows.add(row(contender.name(), s, rates)));
    }
    return new Table(headings, rows);
  }

  private static Stream<Sensitivity> sensitivities(Study study) {
    return study.contenders().stream().map(Contender::sensitivity).flatMap(Stream::ofNullable);
  }

  private static List<String> row(String name, Sensitivity sensitivity, Set<Double> rates) {
    var row = new ArrayList<>(List.of(name));
    for (var rate : rates) {
      row.add(
          sensitivity.rates().stream()
              .filter(tried -> tried.rate() == rate)
              .findFirst()
              .map(tried -> cell(sensitivity.metric(), tried))
              .orElse(""));
    }
    row.add((sensitivity.atLeast() ? "≥ " : "") + decades(sensitivity) + " decades");
    return row;
  }

  private static String cell(String metric, Sensitivity.Rate tried) {
    return tried.diverged() > 0 ? "diverged" : value(metric, tried.validation().mean());
  }

  static String decades(Sensitivity sensitivity) {
    return String.format(Locale.ROOT, "%.1f", sensitivity.decades());
  }

  static Table runs(Study study) {
    var rows = new ArrayList<List<String>>();
    for (var contender : study.contenders()) {
      var score = contender.scores().getFirst();
      for (var run : contender.runs()) {
        var figure = score.figures().get(run.seed());
        boolean diverged = !run.diverged().isEmpty();
        rows.add(
            List.of(
                contender.name(),
                Long.toString(run.seed()),
                diverged
                    ? "diverged: " + run.diverged()
                    : figure == null ? "" : Figures.value(score.metric(), figure),
                Integer.toString(run.epochs()),
                Figures.seconds(run.seconds()),
                run.name()));
      }
    }
    var judge = study.part() + " " + Figures.heading(study.metric());
    return new Table(List.of("", "seed", judge, "epochs", "training time", "run"), rows);
  }

  static Table settings(Study study) {
    return new Table(
        List.of("setting", "value"),
        study.settings().entrySet().stream()
            .map(setting -> List.of(setting.getKey(), setting.getValue()))
            .toList());
  }
}
