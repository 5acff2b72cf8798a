package dev.gradus.cli.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.gradus.cli.sweep.Spread;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Every number of a report as a long table: what of whom, where on an axis if it lies on one, and
 * the number. What is not a number is left out.
 */
public final class ReportCsv {
  private final CsvWriter csv;

  private ReportCsv(CsvWriter csv) {
    this.csv = csv;
  }

  /**
   * The table.
   *
   * @param report the numbers
   * @return the bytes of a file
   */
  public static byte[] bytes(Report report) {
    var text = new StringWriter();
    var csv = CsvWriter.builder().bufferSize(0).build(text);
    csv.writeRecord("study", "side", "quantity", "at", "value");
    report.studies().forEach(study -> new ReportCsv(csv).write(study));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void write(Study study) {
    for (var contender : study.contenders()) {
      var rows = new Rows(study.title(), contender.name());
      contender.scores().forEach(score -> write(rows, study.part() + " " + score.metric(), score));
      rows.put("diverged", "", contender.diverged());
      write(rows, contender);
      contender.curves().forEach((name, curve) -> write(rows, name, curve));
      contender
          .layers()
          .forEach((tensor, all) -> all.forEach((n, c) -> write(rows, tensor + " " + n, c)));
    }
  }

  private static void write(Rows rows, String name, Score score) {
    rows.put(name + " mean", "", score.mean());
    rows.put(name + " sd", "", score.deviation());
    rows.put(name + " low", "", score.low());
    rows.put(name + " high", "", score.high());
    score.figures().forEach((seed, figure) -> rows.put(name, "seed " + seed, figure));
    var difference = score.difference();
    if (difference != null) {
      rows.put(name + " difference", "", difference.mean());
      rows.put(name + " difference low", "", difference.low());
      rows.put(name + " difference high", "", difference.high());
    }
  }

  private static void write(Rows rows, Contender contender) {
    var reach = contender.reach();
    if (reach != null) {
      rows.put("target reached", "", reach.reached());
      write(rows, "steps to target", "", reach.steps());
      write(rows, "seconds to target", "", reach.seconds());
    }
    var sensitivity = contender.sensitivity();
    if (sensitivity != null) {
      rows.put("good decades", "", sensitivity.decades());
      for (var rate : sensitivity.rates()) {
        write(rows, "tuning " + sensitivity.metric(), "lr " + rate.rate(), rate.validation());
        rows.put("tuning diverged", "lr " + rate.rate(), rate.diverged());
      }
    }
    write(rows, contender.expense());
  }

  private static void write(Rows rows, String name, String at, Spread spread) {
    rows.put(name + " mean", at, spread.mean());
    rows.put(name + " sd", at, spread.deviation());
  }

  private static void write(Rows rows, Expense expense) {
    rows.put("weights", "", (double) expense.weights());
    rows.put("state bytes per weight", "", expense.stateBytes());
    rows.put("moved bytes per weight", "", expense.movedBytes());
    rows.put("step milliseconds", "", expense.milliseconds());
    rows.put("bandwidth milliseconds", "", expense.bandwidthMilliseconds());
    rows.put("sent bytes per step", "", expense.sentBytes());
    rows.put("compression", "", expense.compression());
  }

  private static void write(Rows rows, String name, List<CurvePoint> curve) {
    for (var point : curve) {
      var at = "step " + point.step();
      rows.put(name + " seconds", at, point.seconds());
      rows.put(name + " mean", at, point.mean());
      rows.put(name + " low", at, point.low());
      rows.put(name + " high", at, point.high());
    }
  }

  /** The rows of a side. */
  private final class Rows {
    private final String study;
    private final String side;

    private Rows(String study, String side) {
      this.study = study;
      this.side = side;
    }

    private void put(String quantity, String at, double value) {
      if (!Double.isNaN(value)) {
        csv.writeRecord(study, side, quantity, at, Double.toString(value));
      }
    }
  }
}
