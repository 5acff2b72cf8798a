package dev.gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example does what it says, quickly. */
class ExamplesTest {
  @TempDir private Path folder;

  /** A program as a user starts it. */
  @FunctionalInterface
  private interface Program {
    void main(String[] arguments) throws Exception;
  }

  private static String printed(Program program, String... arguments) throws Exception {
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      program.main(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static double accuracy(String printed) {
    return Double.parseDouble(printed.strip().replace("accuracy ", ""));
  }

  @Test
  void theOptimizerDropsIntoADjlProgram() throws Exception {
    assertThat(accuracy(printed(DropIn::main, "20"))).isGreaterThan(0.9);
    assertThat(accuracy(printed(dev.gradus.examples.kotlin.DropIn::main, "20"))).isGreaterThan(0.9);
  }

  @Test
  void ourLoopTrainsResumesAndServes() throws Exception {
    trainsResumesAndServes(OwnLoop::main, Service::main);
    assertThat(folder.resolve("epochs.csv")).isRegularFile();
  }

  @Test
  void ourLoopTrainsResumesAndServesInKotlin() throws Exception {
    trainsResumesAndServes(
        dev.gradus.examples.kotlin.OwnLoop::main, dev.gradus.examples.kotlin.Service::main);
  }

  /** Three arms; a layer that isn't trained below its units gets less than two thirds right. */
  @Test
  void blocksTrainUnitsWithoutADerivative() throws Exception {
    var lines = printed(WithoutDerivative::main, "30").lines().toList();
    assertThat(lines).hasSize(3);
    for (String line : lines) {
      assertThat(accuracy(after("accuracy", line))).as(line).isGreaterThan(0.8);
    }
  }

  private void trainsResumesAndServes(Program training, Program service) throws Exception {
    var first = printed(training, folder.toString(), "25");
    assertThat(first)
        .containsPattern("(FINISHED|STOPPED_EARLY) after \\d+ epochs, best epoch \\d+");
    var again = printed(training, folder.toString(), "25");
    assertThat(again).contains("ALREADY_FINISHED");
    assertThat(after("test ", again)).isEqualTo(after("test ", first));
    assertThat(printed(service, folder.toString()))
        .contains("(0.16, 0.47) is on the first arm", "(-0.49, -0.1) is on the second arm");
  }

  /** Figures of test and validation, which a resumed run has too. */
  private static String after(String word, String text) {
    return text.substring(text.indexOf(word));
  }
}
