package dev.gradus.djl.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checks the running JVM, its class path and the DJL on it by trying things out. On a class path of
 * one's own: {@code java -cp … dev.gradus.djl.doctor.Doctor}.
 */
public final class Doctor {
  private static final int LONGEST_SECONDS = 20;

  private Doctor() {}

  /**
   * Prints the findings.
   *
   * @param arguments ignored
   */
  public static void main(String[] arguments) {
    examine().forEach(System.out::println);
  }

  /**
   * Makes all checks; each has a few seconds.
   *
   * @return what was found, in the order of the checks
   */
  public static List<Finding> examine() {
    var checks = new ArrayList<Check>();
    checks.addAll(JvmChecks.ALL);
    checks.addAll(NativeChecks.ALL);
    checks.addAll(DjlChecks.ALL);
    try (var worker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("gradus-doctor").factory())) {
      var findings = new ArrayList<Finding>();
      for (Check check : checks) {
        var trial = worker.submit(check::run);
        try {
          findings.add(trial.get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException endless) {
          worker.shutdownNow();
          findings.add(
              Finding.fault(
                  check.name(),
                  "no answer within " + LONGEST_SECONDS + " s",
                  "end other work on the machine and look again; later checks were left out"));
          return findings;
        } catch (ExecutionException impossible) {
          throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return findings;
        }
      }
      return findings;
    }
  }
}
