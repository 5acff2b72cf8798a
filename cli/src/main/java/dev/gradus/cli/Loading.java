package dev.gradus.cli;

import static java.lang.System.Logger.Level.INFO;

import dev.gradus.cli.data.LoadListener;

/** Says how far the reading of a data set is. */
final class Loading implements LoadListener {
  private static final System.Logger LOG = System.getLogger(Loading.class.getName());

  private final Console console;

  Loading(Console console) {
    this.console = console;
  }

  @Override
  public void note(String line) {
    LOG.log(INFO, line);
    console.note(line);
  }

  @Override
  public void progress(String what, long done, long total) {
    console.passing(done == total ? "" : "%s %d %%".formatted(what, 100 * done / total));
  }
}
