package dev.gradus.cli;

import dev.gradus.cli.data.DataOptions;
import dev.gradus.cli.data.ImageOptions;
import dev.gradus.cli.data.ImageOptions.Unreadable;
import dev.gradus.cli.data.NewData;
import dev.gradus.cli.data.TableOptions;
import dev.gradus.djl.Trained;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.Examples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A trained network, and the examples to put to it. */
final class RunArguments {
  @Mixin final WeightArguments weights = new WeightArguments();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description = {"New data: csv:FILE or images:FOLDER-OR-ZIP.", "Default: the run's own data."})
  private @Nullable String data;

  @Option(
      names = "--part",
      paramLabel = "PART",
      converter = Parts.class,
      completionCandidates = Parts.class,
      description = "Of the run's own data: train, validation or test. Default: ${DEFAULT-VALUE}.")
  private String part = OneOf.word(DataPart.TEST);

  @Option(
      names = "--unreadable-images",
      paramLabel = "HOW",
      converter = DataArguments.Reactions.class,
      completionCandidates = DataArguments.Reactions.class,
      description = "stop, or skip them. Default: ${DEFAULT-VALUE}.")
  private String unreadableImages = OneOf.word(ImageOptions.USUAL.unreadable());

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "Examples computed at a time. Default: ${DEFAULT-VALUE}.")
  private int batch = Training.DEFAULT_BATCH;

  int batch() {
    return batch;
  }

  /** Examples with labels that the network knows; a new table has them in a column. */
  Examples labelled(Trained trained, @Nullable String column, Console console) {
    return data == null ? own(console) : unseen(trained, column, console, true).read(data);
  }

  /** Examples whose labels are not looked at. */
  Examples unlabelled(Trained trained, Console console) {
    return data == null ? own(console) : unseen(trained, null, console, false).read(data);
  }

  private NewData unseen(
      Trained trained, @Nullable String label, Console console, boolean labelled) {
    var images = new ImageOptions(0, 0, OneOf.constant(Unreadable.class, unreadableImages));
    var options =
        DataOptions.usual(new Loading(console))
            .withTable(new TableOptions(label, List.of(), null))
            .withImages(images);
    return new NewData(trained.data(), options, labelled);
  }

  private Examples own(Console console) {
    var settings = weights.settings();
    var set = settings.open(new Loading(console));
    set.statements().forEach(console::note);
    return OneOf.constant(DataPart.class, part).of(set);
  }

  static final class Parts extends OneOf {
    Parts() {
      super(DataPart.values());
    }
  }
}
