package dev.skerry.local.doctor;

import java.util.List;
import java.util.Locale;

/** Whether a machine is large enough. */
final class MachineChecks {

  private static final int OLDEST_JAVA = 17;
  private static final int ENOUGH_CORES = 2;
  private static final long GIBI = 1L << 30;
  private static final double LEAST_MEMORY_GIB = 3;
  private static final double ENOUGH_MEMORY_GIB = 4;
  private static final double LEAST_DISK_GIB = 1;
  private static final double ENOUGH_DISK_GIB = 10;

  private MachineChecks() {}

  static List<Finding> of(Machine machine) {
    return List.of(java(machine), cores(machine), memory(machine), disk(machine));
  }

  private static Finding java(Machine machine) {
    String found = "Java " + machine.javaVersion();
    return machine.javaVersion() >= OLDEST_JAVA
        ? Finding.ok("Java", found)
        : Finding.failure("Java", found, "Install a JDK 17 or newer and set JAVA_HOME to it");
  }

  private static Finding cores(Machine machine) {
    String found = machine.cores() + (machine.cores() == 1 ? " core" : " cores");
    return machine.cores() >= ENOUGH_CORES
        ? Finding.ok("CPU", found)
        : Finding.warning("CPU", found, "Ten processes share it: expect a slow start");
  }

  private static Finding memory(Machine machine) {
    double free = gib(machine.availableBytes().orElse(machine.memoryBytes()));
    String found = "%s of %s GiB are free".formatted(text(free), text(gib(machine.memoryBytes())));
    if (free < LEAST_MEMORY_GIB) {
      return Finding.failure(
          "memory",
          found,
          "A site with its cloud takes about 3 GiB: end something else, or use --no-cloud");
    }
    return free < ENOUGH_MEMORY_GIB
        ? Finding.warning("memory", found, "Leave it to one site; --no-cloud saves 1 GiB")
        : Finding.ok("memory", found);
  }

  private static Finding disk(Machine machine) {
    double free = gib(machine.diskBytes());
    String found = text(free) + " GiB are free where the data is kept";
    if (free < LEAST_DISK_GIB) {
      return Finding.failure("disk", found, "Free some, or keep the data elsewhere with --data");
    }
    return free < ENOUGH_DISK_GIB
        ? Finding.warning(
            "disk",
            found,
            "An outage of days may fill it: docs/link.md says what is given up first")
        : Finding.ok("disk", found);
  }

  private static double gib(long bytes) {
    return (double) bytes / GIBI;
  }

  private static String text(double gib) {
    return String.format(Locale.ROOT, "%.1f", gib);
  }
}
