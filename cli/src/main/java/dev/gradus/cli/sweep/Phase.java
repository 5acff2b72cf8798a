package dev.gradus.cli.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run of a sweep is for. */
public enum Phase {
  /** To choose a candidate on validation; test examples are not read. */
  @JsonProperty("tuning")
  TUNING,
  /** To judge the chosen candidate; test examples are read once, at the end. */
  @JsonProperty("final")
  FINAL
}
