package dev.gradus.djl.doctor;

import java.util.Locale;

/**
 * What a check has found.
 *
 * @param check what was looked at
 * @param verdict how bad it is
 * @param found what was seen, with the figures of the trial
 * @param remedy what to do about it; empty if nothing need be done
 */
public record Finding(String check, Verdict verdict, String found, String remedy) {
  /** How bad something is. */
  public enum Verdict {
    /** As it should be. */
    FINE,
    /** Training works, but slower, or not when it goes through DJL's own loop. */
    WARNING,
    /** Training does not work. */
    FAULT
  }

  static Finding fine(String check, String found) {
    return new Finding(check, Verdict.FINE, found, "");
  }

  static Finding warning(String check, String found, String remedy) {
    return new Finding(check, Verdict.WARNING, found, remedy);
  }

  static Finding fault(String check, String found, String remedy) {
    return new Finding(check, Verdict.FAULT, found, remedy);
  }

  /** Verdict, check and what was found on a line, the remedy on another. */
  @Override
  public String toString() {
    var line = "%-8s %s: %s".formatted(verdict.name().toLowerCase(Locale.ROOT), check, found);
    return remedy.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(9) + "→ " + remedy;
  }
}
