package dev.skerry.local.loop;

import dev.skerry.local.Skerry;
import java.nio.file.Path;
import java.util.List;

/** How the gate asks whether a candidate keeps the limits of an edge node. */
final class ModelCheckCall {

  private static final String HEAP = "-Xmx96m";

  private ModelCheckCall() {}

  /** {@code skerry model check --cpus 1 --memory 512m}, to be followed by a file. */
  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        HEAP,
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Skerry.class.getName(),
        "model",
        "check",
        "--cpus",
        "1",
        "--memory",
        "512m");
  }
}
