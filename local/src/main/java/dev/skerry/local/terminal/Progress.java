package dev.skerry.local.terminal;

import java.io.PrintStream;

/**
 * How far long work is, on standard error: a bar that is overwritten on a terminal, and a line for
 * each tenth elsewhere. For one thread.
 */
public final class Progress implements AutoCloseable {

  /** Set to true by the script where standard error is a terminal. */
  public static final String TERMINAL_PROPERTY = "skerry.terminal.err";

  private static final String CLEAR_LINE = "\r\u001b[2K";
  private static final int CELLS = 30;
  private static final int TENTHS = 10;

  private final PrintStream out;
  private final boolean terminal;
  private final String what;
  private long shownTenths;
  private boolean isShown;

  /**
   * Progress on a stream.
   *
   * @param terminal whether lines can be overwritten there
   * @param what is counted, for example {@code records are scored}
   */
  public Progress(PrintStream out, boolean terminal, String what) {
    this.out = out;
    this.terminal = terminal;
    this.what = what;
  }

  /** On this process's standard error. */
  public static Progress of(String what) {
    return new Progress(System.err, Boolean.getBoolean(TERMINAL_PROPERTY), what);
  }

  /** So many of all are done; nothing is shown where there is nothing to do. */
  public void at(long done, long all) {
    if (all <= 0) {
      return;
    }
    double share = Math.min(1, Math.max(0, (double) done / all));
    if (terminal) {
      out.print(CLEAR_LINE + bar(share) + text(share, done, all));
      isShown = true;
    } else if ((long) (share * TENTHS) > shownTenths) {
      shownTenths = (long) (share * TENTHS);
      out.println(text(share, done, all));
    }
    out.flush();
  }

  private static String bar(double share) {
    int full = (int) (share * CELLS);
    return "[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] ";
  }

  private String text(double share, long done, long all) {
    return "%3d %%, %s of %s %s"
        .formatted((int) (share * 100), Text.count(done), Text.count(all), what);
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (isShown) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}
