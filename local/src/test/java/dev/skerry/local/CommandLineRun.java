package dev.skerry.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The command line as a person runs it, and what it says on standard output and error. */
public final class CommandLineRun implements BeforeEachCallback, AfterEachCallback {

  private final PrintStream terminal = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setOut(new PrintStream(out, true, UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(terminal);
  }

  /** Runs a command; returns its exit code. */
  public int skerry(String... args) {
    return Skerry.run(args, new PrintWriter(err, true));
  }

  /** What was printed since {@link #forgetPrinted}. */
  public String printed() {
    return out.toString(UTF_8);
  }

  public void forgetPrinted() {
    out.reset();
  }

  /** What was said on standard error. */
  public String complaints() {
    return err.toString();
  }
}
