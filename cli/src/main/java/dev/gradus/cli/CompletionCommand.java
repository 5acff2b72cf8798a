package dev.gradus.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradus completion}. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets bash and zsh complete commands and options.",
      "",
      "For this shell:   source <(gradus completion)",
      "For every shell:  add that line to ~/.bashrc or ~/.zshrc"
    })
final class CompletionCommand implements Callable<Integer> {
  @Mixin final HelpOption help = new HelpOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    var root = spec.root();
    var out = root.commandLine().getOut();
    out.print(AutoComplete.bash(root.name(), root.commandLine()));
    out.flush();
    return Gradus.OK;
  }
}
