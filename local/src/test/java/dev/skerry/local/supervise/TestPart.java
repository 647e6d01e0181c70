package dev.skerry.local.supervise;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What the supervisor's tests run as child processes. */
public final class TestPart {

  private static final List<String> SMALL = List.of("-Xmx32m", "-XX:+UseSerialGC");

  private TestPart() {}

  /** {@code run} blocks until it is stopped; {@code exit CODE} says so and ends. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("exit")) {
      System.out.println("ending with " + args[1]);
      System.exit(Integer.parseInt(args[1]));
    }
    if (args[0].equals("supervise")) {
      superviseOne(Path.of(args[1]));
    }
    new CountDownLatch(1).await();
  }

  /** A supervisor in a process of its own, so that it can be killed. */
  private static void superviseOne(Path dir) throws Exception {
    Supervisor supervisor = new Supervisor(dir, System.out::println);
    supervisor.start(running("child"));
    while (supervisor.pid("child").isEmpty()) {
      Thread.onSpinWait();
    }
    Path pid = dir.resolve("pid.new");
    Files.writeString(pid, Long.toString(supervisor.pid("child").orElseThrow()));
    Files.move(pid, dir.resolve("pid"));
  }

  static Part running(String name) {
    return Part.service(name, TestPart.class.getName(), List.of("run"), SMALL);
  }

  static Part dying(String name, int code) {
    return Part.service(name, TestPart.class.getName(), exit(code), SMALL);
  }

  static Part job(String name, int code) {
    return Part.job(name, TestPart.class.getName(), exit(code), SMALL);
  }

  private static List<String> exit(int code) {
    return List.of("exit", Integer.toString(code));
  }
}
