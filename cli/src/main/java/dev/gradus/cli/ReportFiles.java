package dev.gradus.cli;

import dev.gradus.cli.chart.OutputFile;
import dev.gradus.cli.page.PageFile;
import dev.gradus.cli.page.ReportPage;
import dev.gradus.cli.report.Gathering;
import dev.gradus.cli.report.Report;
import dev.gradus.cli.report.ReportCsv;
import dev.gradus.cli.report.Wishes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a report, checked before it is computed.
 *
 * @param page for a browser
 * @param table every number as a long table
 * @param numbers every number as JSON
 */
record ReportFiles(PageFile page, Optional<OutputFile> table, Optional<OutputFile> numbers) {
  static ReportFiles at(Path html, @Nullable Path csv, @Nullable Path json) {
    return new ReportFiles(
        PageFile.at(html),
        Optional.ofNullable(csv).map(file -> OutputFile.at(file, "table", ".csv")),
        Optional.ofNullable(json).map(file -> OutputFile.at(file, "JSON file", ".json")));
  }

  /** All three in a folder. */
  static ReportFiles in(Path folder) {
    return at(
        folder.resolve("report.html"), folder.resolve("report.csv"), folder.resolve("report.json"));
  }

  /** Reads what runs came to, and writes what it says. */
  Report write(List<Path> folders, Wishes wishes) {
    var report = Report.of(Gathering.of(folders, SweepSection.shared()), wishes);
    page.write(ReportPage.of(report));
    table.ifPresent(file -> file.write(ReportCsv.bytes(report)));
    numbers.ifPresent(file -> file.write(report.json()));
    return report;
  }
}
