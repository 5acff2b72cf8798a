package dev.gradus.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/** Where standard error goes. */
final class StandardError {
  private static final int NUMBER = 2;

  private StandardError() {}

  /** Whether a person looks at it; the JDK tells this of standard output only. */
  @SuppressWarnings("restricted")
  static boolean isTerminal() {
    var linker = Linker.nativeLinker();
    var question =
        linker.defaultLookup().find("isatty").or(() -> linker.defaultLookup().find("_isatty"));
    return question.isPresent()
        && answer(
            linker.downcallHandle(
                question.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)));
  }

  private static boolean answer(java.lang.invoke.MethodHandle isTerminal) {
    try {
      return (int) isTerminal.invokeExact(NUMBER) != 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
