package dev.skerry.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process holds in memory, from Linux's {@code /proc}.
 *
 * @param bytes now
 * @param peakBytes the most at any time
 */
public record ResidentMemory(long bytes, long peakBytes) {

  private static final int KIB = 1024;

  static ResidentMemory of(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
      return new ResidentMemory(field(lines, "VmRSS:"), field(lines, "VmHWM:"));
    } catch (IOException e) {
      throw new UncheckedIOException("The memory of process " + pid + " cannot be read", e);
    }
  }

  private static long field(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .map(kibibytes -> kibibytes * KIB)
        .findFirst()
        .orElseThrow();
  }
}
