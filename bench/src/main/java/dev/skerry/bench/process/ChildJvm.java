package dev.skerry.bench.process;

import dev.skerry.local.supervise.ChildClasses;
import dev.skerry.local.supervise.ChildMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A class's {@code main} in a JVM of its own, on this process's class path; it ends with this
 * process. What it writes goes to a file. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final String name;
  private final Path log;
  private final Process process;

  private ChildJvm(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /** Starts it; {@code NAME.log} and {@code NAME.properties} in the directory are its own. */
  public static ChildJvm start(
      String name,
      Path directory,
      List<String> jvmOptions,
      Class<?> main,
      Properties configuration) {
    return start(
        name, directory, jvmOptions, ChildClasses.options(), main.getName(), configuration);
  }

  /** The same on another class path. */
  public static ChildJvm start(
      String name,
      Path directory,
      List<String> jvmOptions,
      String classPath,
      String main,
      Properties configuration) {
    return start(name, directory, jvmOptions, ChildClasses.options(classPath), main, configuration);
  }

  private static ChildJvm start(
      String name,
      Path directory,
      List<String> jvmOptions,
      List<String> classes,
      String main,
      Properties configuration) {
    Path log = directory.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(classes);
    command.add(ChildMain.class.getName());
    command.add(main);
    command.addAll(
        List.of("--config", write(directory.resolve(name + ".properties"), configuration)));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ChildJvm(name, log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Path file, Properties configuration) {
    try (var writer = Files.newBufferedWriter(file)) {
      configuration.store(writer, null);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws where it has ended, with the last lines that it wrote. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with code %d; %s".formatted(name, process.exitValue(), lastLines()));
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** User and system time that its threads have had so far; it counts in hundredths of a second. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow(this::gone);
  }

  private IllegalStateException gone() {
    requireAlive();
    return new IllegalStateException("This system does not tell the CPU time of " + name);
  }

  /** Memory that it holds, native memory included. */
  public ResidentMemory memory() {
    requireAlive();
    return ResidentMemory.of(process.pid());
  }

  /** Freezes it (SIGSTOP): nothing of it runs from now on. */
  public void freeze() throws InterruptedException {
    signal("-STOP");
  }

  /** Lets a frozen process run again (SIGCONT). */
  public void resume() throws InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws InterruptedException {
    try {
      int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill %s did not reach %s".formatted(signal, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended by itself; throws where it failed. */
  public void awaitEnd() throws InterruptedException {
    if (process.waitFor() != 0) {
      requireAlive();
    }
  }

  /** Waits until it is gone, whatever the reason. */
  void awaitGone() {
    process.onExit().join();
  }

  /** SIGKILL, frozen or not, and waits until it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and waits until it is gone; throws where it does not go by itself. */
  public void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "%s did not stop within %d s; %s".formatted(name, GRACE.toSeconds(), lastLines()));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
