package dev.skerry.local.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a machine has, as far as a site cares.
 *
 * @param javaVersion the feature version of the Java that runs
 * @param cores that it may use
 * @param memoryBytes of the machine or the container
 * @param availableBytes of that which nobody uses; empty where the system does not say
 * @param diskBytes that are free where the data is kept
 */
record Machine(
    int javaVersion, int cores, long memoryBytes, OptionalLong availableBytes, long diskBytes) {

  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");
  private static final int KIBI = 1024;

  /** This one. */
  static Machine ours(Path data) throws IOException {
    long memory =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : Runtime.getRuntime().maxMemory();
    return new Machine(
        Runtime.version().feature(),
        Runtime.getRuntime().availableProcessors(),
        memory,
        available(),
        Files.getFileStore(existing(data)).getUsableSpace());
  }

  private static OptionalLong available() throws IOException {
    if (!Files.isReadable(MEMORY_INFO)) {
      return OptionalLong.empty();
    }
    Optional<String> line =
        Files.readAllLines(MEMORY_INFO).stream()
            .filter(each -> each.startsWith("MemAvailable:"))
            .findFirst();
    return line.isPresent()
        ? OptionalLong.of(Long.parseLong(line.get().replaceAll("\\D", "")) * KIBI)
        : OptionalLong.empty();
  }

  private static Path existing(Path path) {
    Path found = path.toAbsolutePath();
    while (!Files.exists(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }
}
