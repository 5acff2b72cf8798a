package dev.gradus.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs with the options and the class path of this one. */
final class Jvm {
  private Jvm() {}

  static Process start(Class<?> main, List<String> arguments) throws IOException {
    return command(List.of(), main.getName(), arguments)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What starts a JVM with some more options. */
  static ProcessBuilder command(List<String> options, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(options);
    command.add("--class-path");
    command.add(System.getProperty("java.class.path"));
    command.add(main);
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }
}
