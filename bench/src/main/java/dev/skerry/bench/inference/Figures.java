package dev.skerry.bench.inference;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skerry.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All figures of a comparison, as {@code --out} keeps them.
 *
 * @param machine what was measured on
 * @param seed of weights and records
 * @param workloads what came of each
 */
record Figures(Machine machine, long seed, List<WorkloadResult> workloads) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Figures of an earlier comparison.
   *
   * @throws IllegalArgumentException where the file has none, with its name
   */
  static Figures read(Path file) {
    try {
      return JSON.readValue(Files.readString(file), Figures.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          file + " is no file of --out: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }

  void write(Path file) throws IOException {
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
  }
}
