package dev.skerry.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class's main in a process of its own, on the tests' class path, to be killed. */
public final class TestJvm {

  private TestJvm() {}

  /**
   * Starts it.
   *
   * @param log takes what it writes
   */
  public static Process start(Path log, Class<?> main, String... arguments) throws IOException {
    return start(log, classPath(), main, arguments);
  }

  /** The same on another class path. */
  static Process start(Path log, String classPath, Class<?> main, String... arguments)
      throws IOException {
    return start(log, "-cp", classPath, main.getName(), arguments);
  }

  /** The tests' own. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The same of a jar that has all that it needs. */
  static Process startJar(Path log, Path jar, String... arguments) throws IOException {
    return start(log, "-Duser.timezone=UTC", "-jar", jar.toString(), arguments);
  }

  private static Process start(
      Path log, String first, String second, String third, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", first, second, third));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
