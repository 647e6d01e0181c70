package dev.skerry.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The valve experiments of SKAB, which lie beside the repository and not in it. */
final class SkabFiles {

  static final List<String> CHANNELS =
      List.of(
          "Accelerometer1RMS",
          "Accelerometer2RMS",
          "Current",
          "Pressure",
          "Temperature",
          "Thermocouple",
          "Voltage",
          "Volume Flow RateRMS");

  /** Seen from this module's directory, where tests run. */
  static final Path VALVE1 = Path.of("../../shared/data/skab/valve1").toAbsolutePath().normalize();

  private SkabFiles() {}

  /** The 16 files of valve1; skips the test, and says so, where they are absent. */
  static List<Path> valve1() throws IOException {
    boolean there = Files.isDirectory(VALVE1);
    if (!there) {
      System.err.println("SKIPPED: the SKAB data set is not at " + VALVE1);
    }
    assumeTrue(there, "the SKAB data set is not at " + VALVE1);
    try (Stream<Path> files = Files.list(VALVE1)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
  }
}
