package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gradus.cli.run.Divergence;
import dev.gradus.cli.run.Result;
import dev.gradus.cli.run.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gradus train --method}. */
class MethodTest {
  @TempDir Path folder;

  private Invocation train(String name, String... options) {
    var arguments = new ArrayList<>(List.of("train", "--model=mlp(width=32)", "--epochs=4"));
    arguments.add("--out=" + folder.resolve(name));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }

  private Invocation trained(String name, String... options) {
    var run = train(name, options);
    assertThat(run.code()).describedAs(run.err()).isZero();
    return run;
  }

  @Test
  void learnsInBlocksAndMeasuresResiduals() throws IOException {
    trained("blocks", "--method=block-admm", "--blocks=3", "--rho=0.5", "--measure-every=10");
    var files = new RunFiles(folder.resolve("blocks"));
    assertThat(Result.read(files).test())
        .hasEntrySatisfying("accuracy", it -> assertThat(it).isGreaterThan(0.4));
    assertThat(Files.readString(files.metrics()))
        .contains("\"hidden1\":{\"primalResidual\":", "\"hidden2\":{\"primalResidual\":");
  }

  @Test
  void goesOnWithTheSameMethod() {
    trained("run", "--method=block-admm(steps=2)", "--cuts=hidden2,output");
    var again = Invocation.of("train", "--resume=" + folder.resolve("run"));
    assertThat(again.code()).describedAs(again.err()).isZero();
    var other = Invocation.of("train", "--resume=" + folder.resolve("run"), "--cuts=output");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("--cuts hidden2,output");
  }

  @Test
  void refusesWhatDoesNotFitTheNetwork() {
    assertRefused("can be cut into 1 to 3 blocks, but not into 4", "--blocks=4");
    assertRefused("did you mean 'hidden2'?", "--cuts=hiden2");
    assertRefused("are unstable with ρ = 1.00", "--step-size-z=100");
    assertRefused(
        "can't be shared by several workers", "--method=block-admm(batch=true)", "--workers=2");
  }

  /** What is rehearsed are steps of the method, so it refuses before anything is predicted. */
  @Test
  void workersRehearseTheStepsOfTheMethod() {
    var run = train("rehearsed", "--method=block-admm", "--step-size-z=100", "--workers=2");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("are unstable with ρ = 1.00").doesNotContain("Predicted");
    assertThat(new RunFiles(folder.resolve("rehearsed")).plan()).doesNotExist();
  }

  @Test
  void aRunWhoseResidualsGrowHasDiverged() {
    var run =
        train("wild", "--method=block-admm(inputs=forward)", "--blocks=2", "--step-size-z=1e9");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("the primal residual behind block 1 (hidden1)")
        .doesNotContain("--skip-nonfinite");
    assertThat(Divergence.read(new RunFiles(folder.resolve("wild"))))
        .hasValueSatisfying(
            divergence -> assertThat(divergence.sentence()).startsWith("the primal residual"));
  }

  @Test
  void aMethodIsPointedInto() {
    assertThat(train("method", "--method=block-adm").err())
        .contains("Unknown training method 'block-adm'", "did you mean 'block-admm'?");
    assertThat(train("constraint", "--method=block-admm(constraint=l2(1))").err())
        .contains("Unknown constraint 'l2'");
  }

  private void assertRefused(String words, String... options) {
    var all = new ArrayList<>(List.of(options));
    if (!options[0].startsWith("--method")) {
      all.add("--method=block-admm");
    }
    var run = train("refused" + words.length(), all.toArray(String[]::new));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
  }
}
