package dev.skerry.local.model;

import dev.skerry.local.Skerry;
import dev.skerry.local.supervise.ChildClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The check in a process of its own with no more than so many processors, whose memory is looked at
 * as it ends. On Linux {@code taskset}, where it is there, holds every thread of the process to so
 * many processors; elsewhere the JVM and the runtime are told how many there are.
 *
 * @param cpus processors
 */
record LimitedCheck(int cpus) {

  /** Says to the process that it is the limited one. */
  private static final String INSIDE = "skerry.check.inside";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final String PEAK = "VmHWM:";

  static boolean isInside() {
    return Boolean.getBoolean(INSIDE);
  }

  /** The most memory that this process ever had, in KiB; empty where nobody says. */
  static OptionalLong peakKibibytes() {
    if (!Files.isReadable(STATUS)) {
      return OptionalLong.empty();
    }
    try {
      Optional<String> line =
          Files.readAllLines(STATUS).stream().filter(found -> found.startsWith(PEAK)).findFirst();
      return line.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(line.get().replaceAll("[^0-9]", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a check with these arguments and returns its exit code. */
  int run(List<String> arguments) throws InterruptedException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(TASKSET)) {
      command.addAll(List.of(TASKSET.toString(), "-c", cpus == 1 ? "0" : "0-" + (cpus - 1)));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:ActiveProcessorCount=" + cpus,
            "-D" + INSIDE + "=true"));
    command.addAll(ChildClasses.options());
    command.addAll(List.of(Skerry.class.getName(), "model", "check"));
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      try {
        return process.waitFor();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The limited check cannot be started", e);
    }
  }
}
