package dev.gradus.cli.page;

import dev.gradus.cli.figure.Figures;
import dev.gradus.cli.page.LineChart.Line;
import dev.gradus.cli.page.LineChart.Pen;
import dev.gradus.cli.page.LineChart.Point;
import dev.gradus.cli.report.Contender;
import dev.gradus.cli.report.CurvePoint;
import dev.gradus.cli.report.Sensitivity;
import dev.gradus.cli.report.Study;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The drawings of a study. */
final class StudyCharts {
  private static final String STEPS = "steps";
  private static final String SECONDS = "seconds of training";
  private static final double EARLY = 0.1;
  private static final double MANY_TIMES = 20;

  private final Study study;
  private final List<Pen> pens;

  StudyCharts(Study study, List<Pen> pens) {
    this.study = study;
    this.pens = pens;
  }

  /** Validation and training loss, over steps and over time. */
  List<LineChart> curves() {
    var validation = "validation " + study.plainMetric();
    return Stream.of(
            curve(validation, STEPS, CurvePoint::step),
            curve(validation, SECONDS, CurvePoint::seconds),
            curve("training loss", STEPS, CurvePoint::step),
            validation.equals("validation loss")
                ? Stream.<LineChart>empty()
                : curve("validation loss", STEPS, CurvePoint::step))
        .flatMap(Function.identity())
        .toList();
  }

  private Stream<LineChart> curve(String name, String over, ToDoubleFunction<CurvePoint> place) {
    var curves = all(contender -> contender.curves().getOrDefault(name, List.of()));
    var metric = name.substring(name.indexOf(' ') + 1);
    return chart(
        name.replace(study.plainMetric(), Figures.heading(study.plainMetric())),
        curves,
        new Across(over, place),
        vertical(curves, value -> mark(metric, value)),
        value -> Figures.value(metric, value));
  }

  /** How the horizontal axis places the points of curves. */
  private record Across(String title, ToDoubleFunction<CurvePoint> place) {
    static final Across ALL_STEPS = new Across(STEPS, CurvePoint::step);
  }

  /** One quantity of one tensor. */
  Stream<LineChart> layer(String title, String tensor, String quantity) {
    var curves = layers(tensor, quantity);
    return chart(
        title, curves, Across.ALL_STEPS, vertical(curves, Axis::shortened), Figures::number);
  }

  /** One quantity of one tensor that lies between 0 and 1. */
  Stream<LineChart> share(String tensor, String quantity) {
    return chart(
        tensor, layers(tensor, quantity), Across.ALL_STEPS, Axis.shares(), StudyCharts::percent);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  private List<List<CurvePoint>> layers(String tensor, String quantity) {
    return all(c -> c.layers().getOrDefault(tensor, EMPTY).getOrDefault(quantity, List.of()));
  }

  private static final SequencedMap<String, List<CurvePoint>> EMPTY = new LinkedHashMap<>();

  private List<List<CurvePoint>> all(Function<Contender, List<CurvePoint>> curve) {
    return study.contenders().stream().map(curve).toList();
  }

  private Stream<LineChart> chart(
      String title,
      List<List<CurvePoint>> curves,
      Across across,
      Axis y,
      DoubleFunction<String> words) {
    double end = most(curves, across.place());
    if (end == 0) {
      return Stream.empty();
    }
    var x = Axis.upTo(end);
    var lines = new ArrayList<Line>();
    for (int i = 0; i < curves.size(); i++) {
      if (!curves.get(i).isEmpty()) {
        lines.add(line(pens.get(i), curves.get(i), across, words, x, y));
      }
    }
    var text = "%s over %s; at the end: %s".formatted(title, across.title(), ends(curves, words));
    return Stream.of(LineChart.empty(title, across.title(), x, y, text).with(lines.reversed()));
  }

  private static double most(List<List<CurvePoint>> curves, ToDoubleFunction<CurvePoint> place) {
    return curves.stream().flatMap(List::stream).mapToDouble(place).max().orElse(0);
  }

  /** Around what is seen after the first tenth of the way, so that the ends can be told apart. */
  private static Axis vertical(List<List<CurvePoint>> curves, DoubleFunction<String> mark) {
    double late = EARLY * most(curves, CurvePoint::step);
    var seen =
        curves.stream()
            .flatMap(List::stream)
            .filter(point -> point.step() >= late)
            .filter(point -> Double.isFinite(point.low()) && Double.isFinite(point.high()))
            .toList();
    double least = seen.stream().mapToDouble(CurvePoint::low).min().orElse(0);
    double most = seen.stream().mapToDouble(CurvePoint::high).max().orElse(1);
    return least > 0 && most > MANY_TIMES * least
        ? Axis.powers(least, most)
        : Axis.around(least, most, mark);
  }

  private static Line line(
      Pen pen,
      List<CurvePoint> curve,
      Across across,
      DoubleFunction<String> words,
      Axis x,
      Axis y) {
    var points =
        curve.stream()
            .map(
                point ->
                    new Point(
                        across.place().applyAsDouble(point),
                        point.mean(),
                        point.low() == point.high() ? Double.NaN : point.low(),
                        point.high(),
                        String.format(Locale.ROOT, "step %,d", point.step()),
                        told(point, words)))
            .toList();
    return LineChart.line(pen, points, x, y);
  }

  private static String told(CurvePoint point, DoubleFunction<String> words) {
    var mean = words.apply(point.mean());
    return point.low() == point.high()
        ? mean
        : "%s (%s to %s)"
            .formatted(mean, words.apply(point.low()).replace(" %", ""), words.apply(point.high()));
  }

  private String ends(List<List<CurvePoint>> curves, DoubleFunction<String> words) {
    return IntStream.range(0, curves.size())
        .filter(i -> !curves.get(i).isEmpty())
        .mapToObj(i -> pens.get(i).name() + " " + words.apply(curves.get(i).getLast().mean()))
        .collect(Collectors.joining(", "));
  }

  /** Validation over the learning rates that were tried; nothing if only one was. */
  Stream<LineChart> sensitivity() {
    var tried =
        study.contenders().stream()
            .map(Contender::sensitivity)
            .flatMap(Stream::ofNullable)
            .flatMap(sensitivity -> sensitivity.rates().stream())
            .filter(rate -> rate.validation().count() > 0)
            .toList();
    if (tried.isEmpty()) {
      return Stream.empty();
    }
    var rates = tried.stream().mapToDouble(Sensitivity.Rate::rate).summaryStatistics();
    var means = tried.stream().mapToDouble(rate -> rate.validation().mean()).summaryStatistics();
    var metric = study.plainMetric();
    var x = Axis.powers(rates.getMin(), rates.getMax());
    var y = Axis.around(means.getMin(), means.getMax(), value -> mark(metric, value));
    var title = "validation " + Figures.heading(metric);
    var text = title + " over the learning rate; the numbers are in the table below";
    return Stream.of(LineChart.empty(title, "learning rate", x, y, text).with(sensitivities(x, y)));
  }

  private List<Line> sensitivities(Axis x, Axis y) {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < pens.size(); i++) {
      var sensitivity = study.contenders().get(i).sensitivity();
      if (sensitivity != null) {
        var points = sensitivity.rates().stream().map(rate -> point(sensitivity, rate)).toList();
        lines.add(LineChart.line(pens.get(i), points, x, y));
      }
    }
    return lines;
  }

  private static Point point(Sensitivity sensitivity, Sensitivity.Rate rate) {
    var spread = rate.validation();
    return new Point(
        rate.rate(),
        rate.diverged() > 0 ? Double.NaN : spread.mean(),
        spread.mean() - spread.deviation(),
        spread.mean() + spread.deviation(),
        "rate " + Axis.shortened(rate.rate()),
        Figures.value(sensitivity.metric(), spread.mean()));
  }

  /** A mark of an axis of a metric. */
  static String mark(String metric, double value) {
    return Figures.isShare(metric) ? Coordinate.text(100 * value) + " %" : Axis.shortened(value);
  }
}
