package dev.gradus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "'gradus', 'tr', train",
    "'gradus train', '--opt', --optimizer",
    "'gradus train --data', 'fash', fashion-mnist",
    "'gradus train --model', 'len', lenet-bn",
    "'gradus train --optimizer', 'adamp', adamp"
  })
  void bashCompletes(String words, String begun, String completed) throws Exception {
    assumeTrue(Files.isExecutable(BASH) || System.getenv("CI") != null, "there is no bash");
    var script = script();
    var ask =
        """
        source '%s'
        COMP_WORDS=(%s '%s')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        COMP_LINE="${COMP_WORDS[*]}"
        _complete_gradus
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, words, begun);
    assertThat(bash(ask).lines()).contains(completed);
  }

  @Test
  void theCommandPrintsNothingElse() {
    var completion = Invocation.of("completion");
    assertThat(completion.code()).isZero();
    assertThat(completion.err()).isEmpty();
    assertThat(completion.out()).startsWith("#!/usr/bin/env bash");
  }

  private Path script() throws IOException {
    return Files.writeString(
        folder.resolve("completion"), Invocation.of("completion").out(), StandardCharsets.UTF_8);
  }

  private static String bash(String text) throws IOException, InterruptedException {
    var shell = new ProcessBuilder(BASH.toString(), "-c", text).redirectErrorStream(true).start();
    var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
