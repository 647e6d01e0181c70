package dev.skerry.bench.traffic;

import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.topic.GroupOffsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * How many records a consumer group has committed, over all partitions of topics that began at 0.
 */
public final class GroupProgress {

  private static final int PROBE_MILLIS = 10;

  private final Admin admin;
  private final String group;
  private final ChildJvm worker;

  /** The progress of a worker; waiting ends when the worker does. */
  public GroupProgress(Admin admin, String group, ChildJvm worker) {
    this.admin = admin;
    this.group = group;
    this.worker = worker;
  }

  /** Records committed until now. */
  public long committed() throws InterruptedException {
    return GroupOffsets.committed(admin, group).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Waits until so many records are committed and returns how many are, at least as many.
   *
   * @throws IllegalStateException where the worker ends, or commits nothing for that long
   */
  public long await(long records, Duration patience) throws InterruptedException {
    long before = -1;
    long deadlineNanos = 0;
    while (true) {
      long now = committed();
      if (now >= records) {
        return now;
      }
      if (now > before) {
        before = now;
        deadlineNanos = System.nanoTime() + patience.toNanos();
      }
      worker.requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "The group %s stands at %d of %d records for %d s"
                .formatted(group, now, records, patience.toSeconds()));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }
}
