package dev.gradus.cli.data;

/** Hears what happens while a data set is read. Calls come from one thread at a time. */
public interface LoadListener {

  /** Hears nothing. */
  LoadListener SILENT =
      new LoadListener() {
        @Override
        public void note(String line) {}

        @Override
        public void progress(String what, long done, long total) {}
      };

  /**
   * Something worth a printed line, such as a download that begins.
   *
   * @param line one sentence
   */
  void note(String line);

  /**
   * How far a long piece of work is; called at most a few hundred times.
   *
   * @param what the work, such as {@code "decoding images"}
   * @param done how much is done
   * @param total how much there is to do; {@code done == total} ends the work
   */
  void progress(String what, long done, long total);
}
