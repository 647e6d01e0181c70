package dev.skerry.local.loop;

import dev.skerry.local.Skerry;
import dev.skerry.local.supervise.ChildClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the gate asks whether a candidate keeps the limits of an edge node. */
final class ModelCheckCall {

  private static final String HEAP = "-Xmx96m";

  private ModelCheckCall() {}

  /** {@code skerry model check --cpus 1 --memory 512m}, to be followed by a file. */
  static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(ChildClasses.options());
    command.add(Skerry.class.getName());
    command.addAll(List.of("model", "check", "--cpus", "1", "--memory", "512m"));
    return command;
  }
}
