package dev.skerry.ingest.publish;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how far a publication is: on a terminal one line that changes, otherwise a line now and
 * then. Not thread-safe.
 */
public final class Progress {

  private static final long TERMINAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LINES_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final String BLANK = " ".repeat(70);

  private final PrintWriter out;
  private final boolean terminal;
  private final boolean silent;
  private final Supplier<OptionalDouble> fraction;
  private final LongSupplier nanoTime;
  private long startNanos;
  private long lastNanos;
  private long lastRecords;
  private boolean started;
  private boolean lineOpen;

  private Progress(
      PrintWriter out,
      boolean terminal,
      boolean silent,
      Supplier<OptionalDouble> fraction,
      LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.silent = silent;
    this.fraction = fraction;
    this.nanoTime = nanoTime;
  }

  /** Shows nothing. */
  public static Progress none() {
    return new Progress(
        new PrintWriter(Writer.nullWriter()), false, true, OptionalDouble::empty, () -> 0);
  }

  /**
   * Shows it there.
   *
   * @param terminal whether a line can be overwritten there
   * @param fraction how much of the source was read, 0 to 1, where that is known
   */
  public static Progress to(PrintWriter out, boolean terminal, Supplier<OptionalDouble> fraction) {
    return to(out, terminal, fraction, System::nanoTime);
  }

  static Progress to(
      PrintWriter out, boolean terminal, Supplier<OptionalDouble> fraction, LongSupplier nanoTime) {
    return new Progress(out, terminal, /* silent= */ false, fraction, nanoTime);
  }

  /** Is told often; shows it where it is time to. */
  void at(long acknowledged) {
    if (silent) {
      return;
    }
    long now = nanoTime.getAsLong();
    if (!started) {
      started = true;
      startNanos = now;
      lastNanos = now;
    }
    if (now - lastNanos >= (terminal ? TERMINAL_NANOS : LINES_NANOS)) {
      show(acknowledged, now);
    }
  }

  /** Leaves the line, so that what follows has one of its own. */
  void end() {
    if (lineOpen) {
      out.println();
      out.flush();
      lineOpen = false;
    }
  }

  private void show(long acknowledged, long now) {
    double rate = (acknowledged - lastRecords) * 1e9 / (now - lastNanos);
    OptionalDouble read = fraction.get();
    String line =
        String.format(
            Locale.ROOT,
            "%,d records acknowledged, %,.0f/s, %d s%s",
            acknowledged,
            rate,
            TimeUnit.NANOSECONDS.toSeconds(now - startNanos),
            read.isPresent()
                ? String.format(Locale.ROOT, ", %.0f %% read", 100 * read.getAsDouble())
                : "");
    if (terminal) {
      out.print("\r" + line + BLANK.substring(Math.min(BLANK.length(), line.length())));
      lineOpen = true;
    } else {
      out.println(line);
    }
    out.flush();
    lastNanos = now;
    lastRecords = acknowledged;
  }
}
