package dev.gradus.cli;

import dev.gradus.UserException;
import dev.gradus.cli.run.Json;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.cli.run.RunFolder;
import dev.gradus.cli.run.RunLog;
import dev.gradus.djl.instance.InstanceMethods;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradus personalize}. */
@Command(
    name = "personalize",
    sortOptions = false,
    customSynopsis = "gradus personalize --target TARGET [OPTION]...%n",
    description = {
      "Makes a network good at some classes, or at the data of one customer.",
      "",
      "Trains on all training examples, each with a learning rate of its own, which grows if"
          + " learning from the example helps on a small sample of the target. The run is one of"
          + " gradus train. At the end target and general accuracy stand side by side, before and"
          + " after, and beside the usual way: fine-tuning on the sample alone."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus train --target classes:3,5,8 --out runs/general",
      "  gradus personalize --from runs/general --epochs 10",
      "  gradus personalize --beside runs/general --target classes:3,5,8",
      "  gradus personalize --from runs/photos --target images:customer/"
    })
final class PersonalizeCommand implements Callable<Integer> {
  private static final double SMALLER = 0.1;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final TrainSettings settings = new TrainSettings();

  @Option(
      names = "--beside",
      paramLabel = "RUN",
      description =
          "The run of a general model to compare with, and to fine-tune, which takes some seconds."
              + " Default: that of --from.")
  private @Nullable Path beside;

  @Option(
      names = "--resume",
      paramLabel = "FOLDER",
      description = "Go on with the run in this folder, or compare a finished one again.")
  private @Nullable Path resume;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A YAML file with these options as keys; the command line wins. Default: data, target,"
              + " network, optimizer and steps as in the run of --from or --beside; after --from a"
              + " tenth of its learning rate.")
  private @Nullable Path config;

  @Option(
      names = {"-v", "--verbose"},
      description = "Print what otherwise only the log tells.")
  private boolean verbose;

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public Integer call() {
    var console = Console.of(spec);
    try (var log = RunLog.install(console::note, verbose ? Level.INFO : Level.WARNING)) {
      var run =
          new TrainingInFolder(
              "personalize",
              settings,
              Trainer.here(settings, new Planning(settings, console)),
              console,
              log,
              files -> compare(files, console));
      return resume == null ? begin(run) : goOn(run, resume);
    }
  }

  private int begin(TrainingInFolder run) {
    var all = new Settings(spec);
    if (config != null) {
      all.fillFrom(RunFile.read(config));
    } else {
      general().ifPresent(general -> all.fillFrom(kept(general)));
    }
    requireTarget();
    completeMethod();
    completeRate();
    if (settings.out != null) {
      RunFolder.requireFree(settings.out);
    }
    return run.begin(all);
  }

  /** Classes that don't help lose their rate soon; where all classes help, examples differ. */
  private void completeMethod() {
    if (settings.instances.isUniform()) {
      var method = settings.target.isOfClasses() ? "rates(per=class)" : "rates(per=both)";
      spec.findOption("--instances").setValue(InstanceMethods.parse(method).toString());
    }
  }

  /** What is trained already is trained further in smaller steps. */
  private void completeRate() {
    var rate = spec.findOption("--lr");
    if (rate.getValue() == null && settings.start.from().isPresent()) {
      rate.setValue(SMALLER * learningRate(settings.start.from().get()));
    }
  }

  private static double learningRate(Path run) {
    var file = RunFile.read(RunFiles.existing(run).configuration());
    return file.entries().stream()
        .filter(entry -> entry.key().equals("lr"))
        .mapToDouble(entry -> Double.parseDouble(entry.values().getFirst()))
        .findFirst()
        .orElseThrow();
  }

  private int goOn(TrainingInFolder run, Path folder) {
    var files = StoredSettings.take(spec, folder, config != null || settings.out != null);
    requireTarget();
    return run.goOn(files);
  }

  private void requireTarget() {
    if (!settings.target.isGiven()) {
      throw new UserException(
          "What shall the network be good at? Give --target, such as classes:NAME,NAME.");
    }
  }

  /** What a run has in common with the one that it begins from. */
  private static RunFile kept(Path general) {
    var file = RunFile.read(RunFiles.existing(general).configuration());
    var keys = keys();
    return new RunFile(
        file.path(), file.entries().stream().filter(entry -> keys.contains(entry.key())).toList());
  }

  private static Set<String> keys() {
    return Stream.of(
            new DataArguments(), new ModelArguments(), new StepArguments(), new TargetArguments())
        .flatMap(part -> CommandSpec.forAnnotatedObject(part).options().stream())
        .map(option -> option.longestName().substring(2))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Optional<Path> general() {
    return Optional.ofNullable(beside).or(settings.start::from);
  }

  private void compare(RunFiles files, Console console) {
    if (!settings.target.isOpened()) {
      settings.complete(settings.open(new Loading(console)));
    }
    var comparison = new Personalization(settings, general()).of(files);
    Json.write(files.personalization(), comparison);
    console.result("");
    console.result(PersonalizationTable.of(comparison));
  }
}
