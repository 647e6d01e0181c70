package dev.skerry.local.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** CSV files of pumps that run normally, then run hot: what a user's own files look like. */
final class PumpFiles {

  private PumpFiles() {}

  /** Writes one file for each pump, a row a second. */
  static void write(Path directory, int pumps, int rows, long seed) throws IOException {
    Files.createDirectories(directory);
    Random random = new Random(seed);
    for (int pump = 0; pump < pumps; pump++) {
      StringBuilder csv = new StringBuilder("datetime;pressure;flow;temperature;anomaly\n");
      for (int row = 0; row < rows; row++) {
        boolean hot = row > rows * 3 / 4;
        csv.append(
            String.format(
                Locale.ROOT,
                "2026-01-01 %02d:%02d:%02d;%.4f;%.4f;%.4f;%d%n",
                row / 3600,
                row / 60 % 60,
                row % 60,
                2 + 0.1 * random.nextGaussian(),
                30 + random.nextGaussian(),
                (hot ? 90 : 60) + 2 * random.nextGaussian(),
                hot ? 1 : 0));
      }
      Files.writeString(directory.resolve("pump-" + pump + ".csv"), csv);
    }
  }
}
