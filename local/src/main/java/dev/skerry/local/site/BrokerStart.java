package dev.skerry.local.site;

import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.supervise.Supervisor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Waits until a broker that was started answers, and does what is to be done first. */
final class BrokerStart {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 1_000;

  private BrokerStart() {}

  /** What is to be done first at a broker. */
  @FunctionalInterface
  interface First {
    void with(Admin admin) throws InterruptedException;
  }

  static void await(String bootstrapServers, Supervisor supervisor, First first)
      throws InterruptedException {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "reconnect.backoff.ms", "50",
            "reconnect.backoff.max.ms", "200");
    try (Admin admin = Admin.create(config)) {
      long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
      while (!answers(admin)) {
        throwOnFailure(supervisor);
        if (System.nanoTime() > deadlineNanos) {
          throw new SiteFailedException(
              "The broker at " + bootstrapServers + " does not answer; see its log");
        }
      }
      first.with(admin);
    }
  }

  static void throwOnFailure(Supervisor supervisor) {
    if (supervisor.failure().isDone()) {
      PartFailure failure = supervisor.failure().join();
      throw new SiteFailedException(failure);
    }
  }

  private static boolean answers(Admin admin) throws InterruptedException {
    try {
      DescribeClusterOptions options = new DescribeClusterOptions().timeoutMs(PROBE_MILLIS);
      return !admin.describeCluster(options).nodes().get().isEmpty();
    } catch (ExecutionException e) {
      return false; // Not yet; the caller gives up in the end.
    }
  }
}
