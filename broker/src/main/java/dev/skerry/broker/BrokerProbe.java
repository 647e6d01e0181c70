package dev.skerry.broker;

import java.time.Duration;
import java.util.HashMap;
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
    return admin(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The same with more of a client's settings than the address alone. */
  public static Admin admin(Map<String, String> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("reconnect.backoff.ms", "50");
    settings.put("reconnect.backoff.max.ms", "200");
    return Admin.create(settings);
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
