package dev.gradus.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A contestant in a JVM of its own, so that nothing that another one does to code or memory touches
 * it. It waits for its turn on its standard input.
 */
final class Child implements Contestant {
  private static final long LONGEST_MINUTES = 5;

  private final String name;
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;
  private final long bytes;

  private Child(Entrant entrant, Process process) {
    this.name = entrant.name();
    this.process = process;
    orders = new PrintStream(process.getOutputStream(), true);
    answers = process.inputReader();
    bytes = answer();
  }

  /** Starts a JVM like this one. */
  static Child start(String network, Entrant entrant) {
    var arguments = new ArrayList<>(List.of(network));
    arguments.addAll(entrant.arguments());
    try {
      return new Child(entrant, Jvm.start(Child.class, arguments));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The child: says how many bytes it moves, then answers each "repetitions clock" by a time. */
  public static void main(String[] arguments) {
    var entrant = Entrant.of(List.of(arguments).subList(1, arguments.length));
    try (var setting = new Setting(arguments[0])) {
      Contestant contestant = setting.contestant(entrant);
      IO.println(contestant.bytes());
      for (String order = IO.readln(); order != null; order = IO.readln()) {
        int space = order.indexOf(' ');
        int repetitions = Integer.parseInt(order.substring(0, space));
        Clock clock = Clock.valueOf(order.substring(space + 1));
        IO.println(contestant.nanoseconds(repetitions, clock));
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long nanoseconds(int repetitions, Clock clock) {
    orders.println(repetitions + " " + clock);
    return answer();
  }

  private long answer() {
    var line =
        CompletableFuture.supplyAsync(() -> answers.lines().findFirst())
            .orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES)
            .join();
    return Long.parseLong(
        line.orElseThrow(() -> new IllegalStateException("The JVM of '" + name + "' has ended")));
  }

  @Override
  public void close() {
    orders.close();
    process.destroy();
  }
}
