package dev.skerry.ingest;

import java.io.Console;

/** Whether a person looks at what is printed. */
final class Terminal {

  private Terminal() {}

  /** Whether both standard streams are a terminal's. */
  @SuppressWarnings("SystemConsoleNull") // Its isTerminal, from JDK 22 on, is asked below.
  static boolean isPresent() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // Before JDK 22 there is a console only on a terminal.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the console does not say whether it is a terminal", e);
    }
  }
}
