package dev.gradus.cli;

/** The command line's entry point. */
public final class Gradus {
  private Gradus() {}

  /**
   * Prints the name of the program.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    System.out.println("gradus");
  }
}
