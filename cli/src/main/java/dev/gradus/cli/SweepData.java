package dev.gradus.cli;

import dev.gradus.djl.data.DataSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of runs. The last that were read are kept, because the next run mostly needs them. */
final class SweepData {
  private final Console console;
  private Map<String, Object> settings = Map.of();
  private @Nullable DataSet set;

  SweepData(Console console) {
    this.console = console;
  }

  DataSet of(FilledSettings wanted) {
    var present = set;
    if (present == null || !wanted.data().equals(settings)) {
      set = null;
      present = wanted.train().data.open(new Loading(console));
      settings = wanted.data();
      set = present;
    }
    return wanted.train().seen(present);
  }
}
