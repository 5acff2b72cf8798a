package dev.gradus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that was started without the vector module. */
class FallbackTest {
  @TempDir Path folder;

  @Test
  void itWorksAndWarnsOnceNamingTheFlag() throws Exception {
    Path output = folder.resolve("output");
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FallbackProcess.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(errors, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .containsOnlyOnce(
            "The JVM runs without its vector module, so optimizer steps take longer than"
                + " necessary: start Java with --add-modules jdk.incubator.vector.");
    List<String> sums = Files.readAllLines(output);
    assertThat(sums).hasSize(2);
    assertThat(Double.parseDouble(sums.getFirst()))
        .isCloseTo(FallbackProcess.sumOfWeights(), within(1e-2));
    assertThat(sums.getLast()).isEqualTo(sums.getFirst());
  }

  @Test
  void thisJvmHasTheVectorModule() {
    assertThat(KernelSource.best()).isInstanceOf(VectorKernels.class);
  }
}
