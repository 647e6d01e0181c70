package dev.skerry.service;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a service says of itself: whether it makes progress, and whether it can serve. Thread-safe.
 */
public final class Health {

  /** Says what is wrong, in one sentence; empty where nothing is. Called by any thread. */
  @FunctionalInterface
  public interface Check {
    Optional<String> problem();
  }

  private static final String MADE = "service";

  private final Map<String, Check> liveness = new ConcurrentHashMap<>();
  private final Map<String, Check> readiness = new ConcurrentHashMap<>();
  private final Map<String, String> statements = new ConcurrentHashMap<>();

  /** The service is made and has added its checks; until then it is not ready. */
  void made() {
    readiness.remove(MADE);
  }

  void notMadeYet() {
    readiness.put(MADE, () -> Optional.of("it is being made"));
  }

  /** Adds a check without which the process had better be restarted. */
  public void live(String name, Check check) {
    liveness.put(name, check);
  }

  /** Adds a check without which the process cannot serve yet. */
  public void ready(String name, Check check) {
    readiness.put(name, check);
  }

  /** Says something that people want to know of a service that is ready. */
  public void say(String name, String statement) {
    statements.put(name, statement);
  }

  /** Takes back what was said under a name. */
  public void forget(String name) {
    statements.remove(name);
  }

  /** What was said, by name. */
  public Map<String, String> statements() {
    return new TreeMap<>(statements);
  }

  /** What keeps the service from being alive, by the check's name; empty where it is. */
  public Map<String, String> livenessProblems() {
    return problems(liveness);
  }

  /** What keeps the service from being ready, by the check's name; empty where it is. */
  public Map<String, String> readinessProblems() {
    return problems(readiness);
  }

  private static Map<String, String> problems(Map<String, Check> checks) {
    Map<String, String> problems = new TreeMap<>();
    checks.forEach((name, check) -> check.problem().ifPresent(p -> problems.put(name, p)));
    return problems;
  }
}
