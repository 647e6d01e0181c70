package dev.skerry.local.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> console = new CopyOnWriteArrayList<>();

  @Test
  void shouldBringBackAPartThatWasKilledAndSayWhereItsLogIs(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.running("worker"));
      long first = awaitPid(supervisor, "worker");
      supervisor.kill("worker");
      await().atMost(PATIENCE).until(() -> supervisor.restarts("worker") == 1);
      assertThat(awaitPid(supervisor, "worker")).isNotEqualTo(first);
      assertThat(console)
          .containsExactly(
              "worker died with code 137 and comes back; its log is " + dir.resolve("worker.log"));
    }
  }

  @Test
  void shouldGiveAPartTheClassesThatTheBuildHasLaidReady(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.running("worker"));
      Path maps = Path.of("/proc", Long.toString(awaitPid(supervisor, "worker")), "maps");
      org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(maps), "needs Linux's /proc");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(Files.readString(maps)).contains(ChildClasses.ARCHIVE));
    }
  }

  @Test
  void shouldGiveUpAPartThatKeepsDyingAtStartWithTheEndOfItsLog(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.dying("worker", 7));
      PartFailure failure =
          supervisor.failure().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(failure.part()).isEqualTo("worker");
      assertThat(failure.exitCode()).isEqualTo(7);
      assertThat(failure.lastLines()).contains("ending with 7");
      assertThat(console).hasSize(RestartPolicy.EARLY_DEATHS_MAX_INCLUSIVE);
    }
  }

  @Test
  void shouldGoOnWithoutAPartThatCannotRunAndSayWhatIsWrong(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.dying("worker", 2).dispensable());
      supervisor.start(TestPart.running("other"));
      await().atMost(PATIENCE).until(() -> supervisor.troubles().containsKey("worker"));
      assertThat(supervisor.troubles()).containsOnlyKeys("worker");
      assertThat(supervisor.troubles().get("worker"))
          .contains("keeps dying", "code 2", "worker.log");
      await().atMost(PATIENCE).until(() -> !console.isEmpty());
      assertThat(console)
          .singleElement()
          .asString()
          .contains("in 60 s; the site goes on without it");
      assertThat(supervisor.failure()).isNotDone();
      assertThat(awaitPid(supervisor, "other")).isPositive();
    }
  }

  @Test
  void shouldNotTryAWrongConfigurationAgain(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.dying("worker", 2));
      PartFailure failure =
          supervisor.failure().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(failure.describe()).isEqualTo("ending with 2");
      assertThat(console).isEmpty();
    }
  }

  @Test
  void shouldTakeAJobThatEndedWithCodeZeroForFinished(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.job("replay", 0));
      supervisor.finished("replay").orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      assertThat(supervisor.failure()).isNotDone();
      assertThat(supervisor.pid("replay")).isEmpty();
      assertThat(console).isEmpty();
    }
  }

  @Test
  void shouldNotBringBackAPartThatWasStopped(@TempDir Path dir) {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.running("worker"));
      long pid = awaitPid(supervisor, "worker");
      supervisor.stop("worker");
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      assertThat(supervisor.restarts("worker")).isZero();
      assertThat(console).isEmpty();
    }
  }

  @Test
  void shouldLeaveNoOrphanWhenTheSupervisorIsKilled(@TempDir Path dir) throws Exception {
    Process supervisor = supervisorProcess(dir);
    Path pidFile = dir.resolve("pid");
    await().atMost(PATIENCE).until(() -> Files.exists(pidFile));
    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
    supervisor.destroyForcibly().waitFor();
    await().atMost(PATIENCE).until(() -> !child.isAlive());
  }

  @Test
  void shouldNotLetCtrlCEndItsChildren(@TempDir Path dir) throws Exception {
    try (Supervisor supervisor = new Supervisor(dir, console::add)) {
      supervisor.start(TestPart.running("worker"));
      long pid = awaitPid(supervisor, "worker");
      // Until it has come so far that it ignores the signal: one that is deaf shows it here.
      await().atMost(PATIENCE).until(() -> ignoresInterrupts(pid));
      new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
      supervisor.stop("worker");
      assertThat(supervisor.restarts("worker")).isZero();
      assertThat(console).isEmpty();
    }
  }

  /** As Linux tells it: the signals that a process ignores, as a mask with SIGINT at bit 1. */
  private static boolean ignoresInterrupts(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(status), "needs Linux's /proc");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .anyMatch(mask -> (mask & 0b10) != 0);
  }

  private static Process supervisorProcess(Path dir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path", File.pathSeparator),
            TestPart.class.getName(),
            "supervise",
            dir.toString())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("supervisor.log").toFile())
        .start();
  }

  private static long awaitPid(Supervisor supervisor, String part) {
    return await()
        .atMost(PATIENCE)
        .until(() -> supervisor.pid(part), java.util.Optional::isPresent)
        .orElseThrow();
  }
}
