package dev.gradus.cli;

import static java.util.Objects.requireNonNull;

import dev.gradus.UserException;
import dev.gradus.cli.run.RunFiles;
import dev.gradus.djl.InstanceMethod;
import dev.gradus.djl.Trained;
import dev.gradus.djl.Training;
import dev.gradus.djl.data.DataSet;
import dev.gradus.djl.data.Examples;
import dev.gradus.djl.instance.InstanceMethods;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How training copes with labels that may be wrong. */
final class InstanceArguments {
  @Option(
      names = "--instances",
      paramLabel = "METHOD",
      converter = CatalogueText.Instances.class,
      completionCandidates = CatalogueText.Instances.class,
      description = {
        "How every training example counts: rates (learned), reweight, loss-weighting,"
            + " data-parameters, small-losses.",
        "With options: 'rates(metaRate=0.5)'.",
        "Default: all alike."
      })
  private @Nullable String instances;

  @Option(
      names = "--instance-rates",
      paramLabel = "meta=DATA",
      converter = InstanceRates.Text.class,
      description =
          "In short: meta=0.05,every=4 is --trusted 0.05 with the method rates(every=4); meta"
              + " takes whatever --trusted takes.")
  private @Nullable String instanceRates;

  @Mixin private final TrustedArguments trusted = new TrustedArguments();

  @Option(
      names = "--rates-from",
      paramLabel = "RUN",
      description =
          "Begin with the rates that another run has learned, after examples were added, removed or"
              + " mended; those that are new or changed begin anew.")
  private @Nullable String earlier;

  @Mixin private final CorruptionArguments corruption = new CorruptionArguments();

  private @Nullable SetAside aside;

  /** Sets the trusted examples aside and spoils the labels of others, as the options say. */
  DataSet of(DataSet set, DataArguments data) {
    requireOne();
    var apart = trusted.of(set, data, meta(), method().trustedBatch() > 0);
    aside = apart;
    if (apart.trusted().size() == 0 && corruption.isNone()) {
      return set;
    }
    int untrusted = apart.rest().size();
    long seed = data.seed();
    var train = corruption.spoilt(trusted.trained(apart), untrusted, set, seed, seed);
    return set.with(train, validation(set, apart.trusted(), seed)).stating(statement(apart));
  }

  /** Trusts a sample of a target, which was set aside before. */
  DataSet of(DataSet set, Examples sample) {
    var apart = new SetAside(set.train(), sample, "");
    aside = apart;
    return set.with(trusted.trained(apart), set.validation());
  }

  private Examples validation(DataSet set, Examples known, long seed) {
    var usual = set.validation();
    return trusted.choose() ? known : corruption.spoilt(usual, usual.size(), set, seed, seed + 1);
  }

  private String statement(SetAside apart) {
    return Stream.of(apart.statement(), corruption.isNone() ? "" : corruption.statement())
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private void requireOne() {
    if (instanceRates != null && (instances != null || trusted.areGiven())) {
      throw new UserException(
          "Option --instance-rates says what --instances and --trusted say; leave out one or the"
              + " others.");
    }
  }

  private @Nullable String meta() {
    return instanceRates == null ? null : InstanceRates.of(instanceRates).trusted();
  }

  /** Refuses trusted examples and spoilt labels beside those of a target. */
  void requireMethodOnly() {
    if (instanceRates != null || trusted.areChosen() || earlier != null || !corruption.isNone()) {
      throw new UserException(
          "The target's own examples are trusted; beside --target leave out --trusted,"
              + " --choose-by-trusted, --instance-rates, --rates-from and --corrupt-labels.");
    }
  }

  boolean isUniform() {
    return method().equals(InstanceMethod.UNIFORM);
  }

  InstanceMethod method() {
    var text = instanceRates == null ? instances : InstanceRates.of(instanceRates).method();
    return text == null ? InstanceMethod.UNIFORM : InstanceMethods.parse(text);
  }

  Training applyTo(Training training, DataSet set) {
    var apart = requireNonNull(aside);
    var weighed = training.weights(trusted.weights(set.task(), apart.rest().size()));
    var method = method();
    var whole =
        method.equals(InstanceMethod.UNIFORM)
            ? weighed
            : weighed.instances(method, apart.trusted());
    return earlier == null ? whole : whole.instancesFrom(checkpoints(earlier));
  }

  /** Refuses an earlier run that has learned nothing of the kind, before a run begins. */
  void requireRates() {
    if (earlier == null) {
      return;
    }
    if (method().equals(InstanceMethod.UNIFORM)) {
      throw new UserException("Option --rates-from goes with --instances METHOD; give that too.");
    }
    try (var arena = Arena.ofConfined()) {
      if (!Trained.newest(checkpoints(earlier), arena, _ -> {}).knowsExamples()) {
        throw new UserException(
            "The run %s has learned no rates of its training examples; leave out --rates-from."
                .formatted(earlier));
      }
    }
  }

  private static Path checkpoints(String run) {
    return RunFiles.existing(Path.of(run)).checkpoints();
  }
}
