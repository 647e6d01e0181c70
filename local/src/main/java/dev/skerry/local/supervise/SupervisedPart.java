package dev.skerry.local.supervise;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One part and the thread that starts its process, waits for its end and starts it again. */
final class SupervisedPart {

  private static final int TAIL_LINES = 20;

  private final Part part;
  private final PartLog log;
  private final Consumer<String> console;
  private final Consumer<PartFailure> onGivingUp;
  private final RestartPolicy policy;
  private final CountDownLatch stopRequested = new CountDownLatch(1);
  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private final Thread thread;
  private @Nullable Process process;
  private int starts;
  private long startNanos;
  private Optional<String> earlyDeath = Optional.empty();
  private volatile boolean killedOnPurpose;

  SupervisedPart(
      Part part, Path logDir, Consumer<String> console, Consumer<PartFailure> onGivingUp) {
    this.part = part;
    this.log = PartLog.begin(logDir, part.name());
    this.console = console;
    this.onGivingUp = onGivingUp;
    this.policy = new RestartPolicy(part.ending());
    this.thread = new Thread(this::supervise, "supervise-" + part.name());
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void supervise() {
    try {
      boolean again = true;
      while (again) {
        Optional<Process> started = launchUnlessStopped();
        if (started.isEmpty()) {
          return;
        }
        long liveNanos = System.nanoTime();
        int exitCode = started.get().waitFor();
        again = !stopping() && comesBack(exitCode, Duration.ofNanos(System.nanoTime() - liveNanos));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean comesBack(int exitCode, Duration lived) throws InterruptedException {
    RestartPolicy.Verdict verdict =
        killedOnPurpose ? policy.afterKill() : policy.afterEnd(exitCode, lived);
    killedOnPurpose = false;
    if (verdict instanceof RestartPolicy.Verdict.ComesBack comesBack) {
      note(exitCode);
      console.accept(
          "%s died with code %d and comes back%s; its log is %s%s"
              .formatted(
                  part.name(),
                  exitCode,
                  in(comesBack.pause()),
                  log.file(),
                  exitCode == 1 ? log.lastError() : ""));
      return !stopRequested.await(comesBack.pause().toMillis(), TimeUnit.MILLISECONDS);
    }
    if (verdict instanceof RestartPolicy.Verdict.Finished) {
      finished.complete(null);
    } else {
      onGivingUp.accept(
          new PartFailure(part.name(), exitCode, log.file(), log.lastLines(TAIL_LINES)));
    }
    return false;
  }

  /** Of a short pause nobody wants to hear. */
  private static String in(Duration pause) {
    return pause.toSeconds() < 5
        ? ""
        : " in %d s; the site goes on without it".formatted(pause.toSeconds());
  }

  private synchronized void note(int exitCode) {
    int deaths = policy.earlyDeaths();
    earlyDeath =
        deaths == 0
            ? Optional.empty()
            : Optional.of(
                "keeps dying (%d in a row, code %d) and is started again; its log is %s"
                    .formatted(deaths, exitCode, log.file()));
  }

  /** What is wrong with it; empty once it has lived for a while again. */
  synchronized Optional<String> trouble() {
    boolean hasLived =
        process != null
            && process.isAlive()
            && System.nanoTime() - startNanos > RestartPolicy.EARLY.toNanos();
    return hasLived ? Optional.empty() : earlyDeath;
  }

  private synchronized Optional<Process> launchUnlessStopped() {
    if (stopping()) {
      return Optional.empty();
    }
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putAll(part.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()));
    try {
      log.beginRun();
      Process launched = builder.start();
      process = launched;
      startNanos = System.nanoTime();
      starts++;
      return Optional.of(launched);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(part.jvmOptions());
    command.addAll(part.classPath().map(ChildClasses::options).orElseGet(ChildClasses::options));
    command.add(ChildMain.class.getName());
    command.add(part.mainClass());
    command.addAll(part.arguments());
    return command;
  }

  private boolean stopping() {
    return stopRequested.getCount() == 0;
  }

  synchronized void requestStop() {
    stopRequested.countDown();
    if (process != null) {
      process.destroy();
    }
  }

  void awaitStop(Duration grace) {
    Process last = process();
    try {
      if (last != null && !last.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        console.accept(
            "%s did not stop within %d s and is killed".formatted(part.name(), grace.toSeconds()));
        last.destroyForcibly().waitFor();
      }
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (last != null) {
        last.destroyForcibly();
      }
    }
  }

  void kill() {
    Process running = process();
    if (running != null) {
      killedOnPurpose = true;
      running.destroyForcibly();
    }
  }

  Optional<Long> pid() {
    Process running = process();
    return running != null && running.isAlive() ? Optional.of(running.pid()) : Optional.empty();
  }

  synchronized int restarts() {
    return Math.max(0, starts - 1);
  }

  CompletableFuture<Void> finished() {
    return finished;
  }

  private synchronized @Nullable Process process() {
    return process;
  }
}
