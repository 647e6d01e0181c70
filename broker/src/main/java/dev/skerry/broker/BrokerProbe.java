package dev.skerry.broker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;

/** Finds out when a broker that was started answers. Thread-safe. */
public final class BrokerProbe {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PROBE_MILLIS = 1_000;

  private BrokerProbe() {}

  /** A client that notices soon that the broker is there; the caller closes it. */
  public static Admin admin(String bootstrapServers) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrapServers,
            "reconnect.backoff.ms", "50",
            "reconnect.backoff.max.ms", "200"));
  }

  /**
   * Waits until the broker answers, for two minutes at most; returns whether it does.
   *
   * @param stillWorthwhile called before each further try; throws where the broker is known to have
   *     failed
   */
  public static boolean awaitAnswer(Admin admin, Runnable stillWorthwhile)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(admin)) {
      stillWorthwhile.run();
      if (System.nanoTime() > deadlineNanos) {
        return false;
      }
    }
    return true;
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
