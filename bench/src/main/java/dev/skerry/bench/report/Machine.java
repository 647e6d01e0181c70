package dev.skerry.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What was measured on.
 *
 * @param processor the CPU's model
 * @param cores how many of them this process may use
 * @param memoryGibibytes of the machine
 * @param system operating system and its version
 * @param java the JVM
 * @param loadBefore how many threads wanted to run in the minute before: 0 on an idle machine
 */
public record Machine(
    String processor,
    int cores,
    long memoryGibibytes,
    String system,
    String java,
    double loadBefore) {

  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final double KIBIBYTES_PER_GIBIBYTE = 1 << 20;

  /** This machine, by what Linux says of it. */
  public static Machine here() {
    return new Machine(
        value(CPU, "model name"),
        Runtime.getRuntime().availableProcessors(),
        Math.round(
            Long.parseLong(value(MEMORY, "MemTotal").replace("kB", "").strip())
                / KIBIBYTES_PER_GIBIBYTE),
        System.getProperty("os.name") + " " + System.getProperty("os.version").split("-", 2)[0],
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String value(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In one line. */
  public String describe() {
    return String.format(
        Locale.ROOT,
        "%d cores of %s, %d GiB of memory, %s, %s, a load of %.1f before it began",
        cores,
        processor,
        memoryGibibytes,
        system,
        java,
        loadBefore);
  }
}
