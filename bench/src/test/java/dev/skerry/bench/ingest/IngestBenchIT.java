package dev.skerry.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The benchmark of the gateway runs from its beginning to its table. */
class IngestBenchIT {

  @Test
  void shouldCompareTheGatewayWithThePlainOne() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      int exit =
          new CommandLine(new IngestCommand())
              .execute(
                  "--runs",
                  "1",
                  "--warm-up",
                  "1",
                  "--seconds",
                  "1",
                  "--batch",
                  "2",
                  "--connections",
                  "4");
      assertThat(exit).isZero();
    } finally {
      System.setOut(before);
    }
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("the gateway", "raw produce", "CPU µs/message", "1.00");
  }
}
