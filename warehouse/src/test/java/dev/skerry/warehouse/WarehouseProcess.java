package dev.skerry.warehouse;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The warehouse in a process of its own, to be killed. */
final class WarehouseProcess implements AutoCloseable {

  private final Process process;

  private WarehouseProcess(Process process) {
    this.process = process;
  }

  static WarehouseProcess start(Map<String, String> settings, Path directory) throws IOException {
    Properties configuration = new Properties();
    configuration.putAll(settings);
    Path file = directory.resolve("warehouse.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      configuration.store(writer, null);
    }
    return new WarehouseProcess(
        TestJvm.start(
            directory.resolve("warehouse.log"), WarehouseMain.class, "--config", file.toString()));
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The warehouse has ended with " + process.exitValue());
    }
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
