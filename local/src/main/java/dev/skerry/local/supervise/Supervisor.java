package dev.skerry.local.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs parts as child processes and brings back those that die. Thread-safe.
 *
 * <p>Children run on the same Java and class path as this process. They end when it ends, however
 * it ends.
 */
public final class Supervisor implements AutoCloseable {

  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private final Path logDir;
  private final Consumer<String> console;
  private final Map<String, SupervisedPart> parts = new LinkedHashMap<>();
  private final CompletableFuture<PartFailure> failure = new CompletableFuture<>();

  /**
   * A supervisor without parts.
   *
   * @param logDir each part writes to a file of its name there
   * @param console takes one line for each event that people at the site care about
   */
  public Supervisor(Path logDir, Consumer<String> console) {
    this.logDir = logDir;
    this.console = console;
  }

  /** Starts a part; returns at once. */
  public synchronized void start(Part part) {
    if (parts.containsKey(part.name())) {
      throw new IllegalArgumentException("The part " + part.name() + " runs already");
    }
    SupervisedPart supervised = new SupervisedPart(part, logDir, console, failure::complete);
    parts.put(part.name(), supervised);
    supervised.start();
  }

  /** Stops these parts together and returns when all of them are gone; they do not come back. */
  public void stop(String... names) {
    List<SupervisedPart> leaving =
        List.of(names).stream().filter(this::has).map(this::part).toList();
    leaving.forEach(SupervisedPart::requestStop);
    leaving.forEach(part -> part.awaitStop(STOP_GRACE));
  }

  /** Kills a part's process as {@code kill -9} does; the supervisor brings it back. */
  public void kill(String name) {
    part(name).kill();
  }

  /** The process id of a part, where its process runs now. */
  public Optional<Long> pid(String name) {
    return has(name) ? part(name).pid() : Optional.empty();
  }

  /** How often a part was brought back. */
  public int restarts(String name) {
    return part(name).restarts();
  }

  /** Completes when a part that finishes by itself has done its work. */
  public CompletableFuture<Void> finished(String name) {
    return part(name).finished();
  }

  /** Completes with the first part that is not started again. */
  public CompletableFuture<PartFailure> failure() {
    return failure;
  }

  /** The process ids of all parts that run now, by name. */
  public synchronized Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    parts.forEach((name, part) -> part.pid().ifPresent(pid -> pids.put(name, pid)));
    return pids;
  }

  /** What is wrong with parts that keep dying, by name; one that has lived for a while is well. */
  public synchronized Map<String, String> troubles() {
    Map<String, String> troubles = new LinkedHashMap<>();
    parts.forEach((name, part) -> part.trouble().ifPresent(why -> troubles.put(name, why)));
    return troubles;
  }

  private synchronized boolean has(String name) {
    return parts.containsKey(name);
  }

  private synchronized SupervisedPart part(String name) {
    SupervisedPart part = parts.get(name);
    if (part == null) {
      throw new NoSuchElementException(
          "No part is called " + name + "; there are " + parts.keySet());
    }
    return part;
  }

  /** Stops whatever still runs, all at once. */
  @Override
  public void close() {
    String[] names;
    synchronized (this) {
      names = parts.keySet().toArray(String[]::new);
    }
    stop(names);
  }
}
