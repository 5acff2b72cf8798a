package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps told by options, and budgets that are no epochs. */
class BudgetTest {
  @TempDir private Path temporary;

  private Invocation sweep(String... further) {
    var command =
        new String[] {
          "sweep",
          "--optimizer=adam",
          "--search=lr=0.001,0.01",
          "--model=mlp(width=8)",
          "--seeds=1",
          "--out=" + temporary.resolve("out")
        };
    return Invocation.of(
        Stream.concat(Stream.of(command), Stream.of(further)).toArray(String[]::new));
  }

  @Test
  void timeIsMeasuredOnceAndKept() throws Exception {
    var first = sweep("--minutes=0.001");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("test accuracy; difference to adam");
    var times = temporary.resolve("out/epoch-times.json");
    assertThat(times).content().contains("mlp(width=8)");
    // No epoch is so short.
    Files.writeString(times, Files.readString(times).replaceAll(" : [0-9.E-]+", " : 0.002"));
    var listed = sweep("--minutes=0.001", "--dry-run", "--tuning=halving");
    assertThat(listed.code()).isEqualTo(2);
    assertThat(listed.err()).contains("holds another comparison");
    assertThat(sweep("--minutes=0.001").err()).contains("3 runs, 0 finished");
    try (var results = Files.list(temporary.resolve("out/results"))) {
      assertThat(results.filter(file -> content(file).contains("\"epochs\" : 30,"))).hasSize(3);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void rangesAreDrawn() {
    var listed = sweep("--search=batch=16 to 64", "--tuning=random(3)", "--epochs=1", "--dry-run");
    assertThat(listed.err()).contains("4 runs");
    assertThat(listed.out()).containsPattern("tuning  adam  lr=0.\\d+ batch=[1-6]\\d  seeds 0");
  }
}
