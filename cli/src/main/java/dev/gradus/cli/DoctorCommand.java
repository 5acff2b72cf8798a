package dev.gradus.cli;

import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.doctor.Doctor;
import dev.gradus.djl.doctor.Finding;
import dev.gradus.djl.doctor.Finding.Verdict;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus doctor}. */
@Command(
    name = "doctor",
    sortOptions = false,
    customSynopsis = "gradus doctor [OPTION]...%n",
    description = {
      "Tries out what can be wrong with Java, its options, the native libraries and DJL.",
      "",
      "Each finding comes with what was seen and with a remedy. Warnings cost time, or concern"
          + " training through DJL's own loop and optimizers; a fault keeps Gradus from training,"
          + " and the exit code is then 2. To look at a class path of your own, run the class"
          + " dev.gradus.djl.doctor.Doctor on it."
    },
    footerHeading = "%nExamples%n",
    footer = {"  gradus doctor", "  gradus doctor --json"})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var _ = RunLog.install(console::note, Level.WARNING)) {
      List<Finding> findings = Doctor.examine();
      if (json) {
        console.result(Json.text(findings));
      } else {
        findings.forEach(finding -> console.result(finding.toString()));
      }
      boolean faulty = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAULT);
      return faulty ? Gradus.USER_MISTAKE : Gradus.OK;
    }
  }
}
