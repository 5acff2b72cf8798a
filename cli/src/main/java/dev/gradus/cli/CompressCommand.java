package dev.gradus.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gradus compress}. */
@Command(
    name = "compress",
    sortOptions = false,
    customSynopsis = "gradus compress plan|scale [OPTION]...%n",
    description = {
      "Tells what compressed gradients gain when several workers train a network.",
      "",
      "Both commands rehearse some steps of the network on this machine, in which every compressor"
          + " packs the real gradients, and simulate workers that exchange them."
    },
    footerHeading = "%nExamples%n",
    footer = {
      "  gradus compress plan --workers 4 --link 100mbit,latency=0.5ms",
      "  gradus compress scale --html scaling.html"
    },
    subcommands = {CompressPlanCommand.class, CompressScaleCommand.class})
final class CompressCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin final HelpOption help = new HelpOption();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
