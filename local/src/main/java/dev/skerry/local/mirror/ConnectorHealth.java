package dev.skerry.local.mirror;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;

/**
 * Judges one MirrorMaker from its start on: whether it works, or must be built anew. Times are
 * those of one monotonic clock. Not thread-safe.
 *
 * <p>A new one may first see the failure of the one before, which is kept in the status topic; only
 * a failure after something else, or one that stays, is its own.
 */
final class ConnectorHealth {

  static final Duration CONFIGURED_WITHIN = Duration.ofMinutes(2);
  static final Duration OLD_STATUS_AT_MOST = Duration.ofSeconds(30);

  private static final String FAILED = "FAILED";
  private static final String RUNNING = "RUNNING";

  private final long startedNanos;
  private long knownNanos;
  private boolean hasWorked;
  private boolean running;

  ConnectorHealth(long nowNanos) {
    this.startedNanos = nowNanos;
    this.knownNanos = nowNanos;
  }

  /** Whether all tasks run, as far as was seen last. */
  boolean isRunning() {
    return running;
  }

  /** Whether all tasks ran at some time. */
  boolean hasWorked() {
    return hasWorked;
  }

  /** Takes what is known now, and says why a new one must be built; empty where none must. */
  Optional<String> problem(Optional<ConnectorStateInfo> status, long nowNanos) {
    running = status.filter(ConnectorHealth::isRunning).isPresent();
    if (status.isEmpty()) {
      return nowNanos - knownNanos > CONFIGURED_WITHIN.toNanos()
          ? Optional.of("its connector was not configured; see the errors above")
          : Optional.empty();
    }
    knownNanos = nowNanos;
    Optional<String> failure = failure(status.get());
    hasWorked |= failure.isEmpty() && running;
    boolean isItsOwn = hasWorked || nowNanos - startedNanos > OLD_STATUS_AT_MOST.toNanos();
    return isItsOwn ? failure : Optional.empty();
  }

  private static boolean isRunning(ConnectorStateInfo status) {
    return !status.tasks().isEmpty()
        && status.tasks().stream().allMatch(task -> task.state().equals(RUNNING));
  }

  private static Optional<String> failure(ConnectorStateInfo status) {
    if (status.connector().state().equals(FAILED)) {
      return Optional.of(firstLine(status.connector().trace()));
    }
    return status.tasks().stream()
        .filter(task -> task.state().equals(FAILED))
        .findFirst()
        .map(task -> firstLine(task.trace()));
  }

  private static String firstLine(String trace) {
    return trace.lines().findFirst().orElse("no trace");
  }
}
