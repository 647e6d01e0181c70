package dev.skerry.local.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Standard output: lines, and one status line that is overwritten in place on a terminal. Elsewhere
 * it is written anew where it has changed, at most every ten seconds and with no control
 * characters. Thread-safe.
 */
public final class Console {

  /** Set to true by the script where standard output is a terminal. */
  public static final String TERMINAL_PROPERTY = "skerry.terminal";

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private static final int UNKNOWN_COLUMNS = 80;
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private final LongSupplier nanoTime;
  private boolean statusShown;
  private String lastStatus = "";
  private long lastNanos;

  /**
   * A console on a stream.
   *
   * @param terminal whether lines can be overwritten there
   * @param columns the terminal's width; a longer status would wrap and could not be overwritten
   * @param nanoTime a clock, as {@link System#nanoTime}
   */
  Console(PrintStream out, boolean terminal, int columns, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns;
    this.nanoTime = nanoTime;
  }

  /** This process's standard output. */
  public static Console standard() {
    return new Console(
        System.out, Boolean.getBoolean(TERMINAL_PROPERTY), terminalColumns(), System::nanoTime);
  }

  /** How wide a line of standard output may be: the terminal's width, and any elsewhere. */
  static int columns() {
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? terminalColumns() : Integer.MAX_VALUE;
  }

  private static int terminalColumns() {
    return Integer.getInteger("skerry.columns", UNKNOWN_COLUMNS);
  }

  /** Writes a line that stays. */
  public synchronized void line(String text) {
    clearStatus();
    out.println(text);
    out.flush();
  }

  /** Shows what is going on, in place of what was shown before. */
  public synchronized void status(String text) {
    if (terminal) {
      out.print(CLEAR_LINE + Text.cut(text, columns - 1));
      statusShown = true;
    } else {
      writeAnew(text);
    }
    out.flush();
  }

  private void writeAnew(String text) {
    long nowNanos = nanoTime.getAsLong();
    boolean isDue = lastStatus.isEmpty() || nowNanos - lastNanos >= EVERY_NANOS;
    if (isDue && !text.equals(lastStatus)) {
      out.println(text);
      lastStatus = text;
      lastNanos = nowNanos;
    }
  }

  private void clearStatus() {
    if (statusShown) {
      out.println();
      statusShown = false;
    }
  }
}
