package dev.skerry.local.mirror.keep;

import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.ConfigException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the site's mirrored topics to a {@link KeepPlan} by their own retention at the broker, and
 * says so where it takes from them. What is {@link #kept} may be asked by any thread; the rest
 * belongs to one.
 */
public final class Keeping {

  private static final Logger log = LoggerFactory.getLogger(Keeping.class);

  private final Contract contract;
  private final Admin admin;
  private final Map<Topic, Kept> kept = new ConcurrentHashMap<>();
  private final Map<Topic, Kept> applied = new HashMap<>();
  private volatile double diskBytes = Double.NaN;
  private boolean managed;

  /**
   * What a site is meant to survive, and with how much disk.
   *
   * @param outage how long the link may be away before anything is lost
   * @param managed whether retention is kept to it; otherwise it stays as the catalogue says
   * @param diskBytes what mirrored topics may take of the site's disk; empty for all that is free
   * @param reserveBytes what stays free on the broker's disk
   */
  public record Contract(
      Duration outage, boolean managed, OptionalLong diskBytes, long reserveBytes) {

    public Contract {
      if (outage.isNegative() || outage.isZero()) {
        throw new ConfigException("mirror.outage is " + outage + ": give more than 0");
      }
      if (reserveBytes < 0 || (diskBytes.isPresent() && diskBytes.getAsLong() < 1)) {
        throw new ConfigException(
            "mirror.disk-bytes is %s and mirror.disk-reserve-bytes %d: give 1 and 0 or more"
                .formatted(diskBytes, reserveBytes));
      }
    }

    /** What mirrored topics may take, as the disk is now; empty where nobody says. */
    OptionalLong budget(EdgeDisk disk, long usedBytes) {
      if (disk.usableBytes().isEmpty()) {
        return diskBytes;
      }
      long room = Math.max(0, usedBytes + disk.usableBytes().getAsLong() - reserveBytes);
      return OptionalLong.of(Math.min(room, diskBytes.orElse(Long.MAX_VALUE)));
    }
  }

  public Keeping(Contract contract, Admin admin, MeterRegistry registry) {
    this.contract = contract;
    this.managed = contract.managed();
    this.admin = admin;
    Gauge.builder("skerry.link.disk.bytes", this, keeping -> keeping.diskBytes)
        .description("How much of the site's disk mirrored topics may take")
        .register(registry);
  }

  /** What is kept of a topic now. */
  public Kept kept(Topic topic) {
    return kept.getOrDefault(topic, Kept.asCatalogued(topic));
  }

  /** Adapts what is kept to the disk. */
  public void keep(EdgeDisk disk, List<TopicUse> uses) throws InterruptedException {
    long used = uses.stream().mapToLong(TopicUse::bytes).sum();
    OptionalLong budget = contract.budget(disk, used);
    diskBytes = budget.isPresent() ? budget.getAsLong() : Double.NaN;
    if (!managed) {
      return;
    }
    Map<Topic, Kept> plan = KeepPlan.of(contract.outage(), budget.orElse(Long.MAX_VALUE / 2), uses);
    Map<Topic, Kept> changed = new HashMap<>(plan);
    changed.entrySet().removeIf(wanted -> isSo(wanted.getKey(), wanted.getValue()));
    if (!changed.isEmpty() && !apply(changed)) {
      return;
    }
    changed.forEach((topic, wanted) -> say(topic, wanted, uses));
    applied.putAll(changed);
    kept.putAll(plan);
  }

  private boolean isSo(Topic topic, Kept wanted) {
    Kept now = applied.get(topic);
    return now != null && now.isAbout(wanted);
  }

  private static void say(Topic topic, Kept wanted, List<TopicUse> uses) {
    long taken =
        uses.stream()
            .filter(use -> use.topic().equals(topic))
            .flatMap(use -> use.partitionBytes().stream())
            .mapToLong(bytes -> Math.max(0, bytes - wanted.bytesEach()))
            .sum();
    if (taken > 0) {
      log.warn(
          "The site's disk nears its bound: {} keeps {} MiB of each partition from now on, and"
              + " loses the oldest {} MiB",
          topic.name(),
          wanted.bytesEach() >> 20,
          taken >> 20);
    } else if (!wanted.isAbout(Kept.asCatalogued(topic))) {
      log.info(
          "{} keeps {} and {} MiB of each partition",
          topic.name(),
          wanted.time(),
          wanted.bytesEach() >> 20);
    }
  }

  /** Whether the broker did as it was told. */
  private boolean apply(Map<Topic, Kept> changed) throws InterruptedException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    changed.forEach(
        (topic, wanted) ->
            changes.put(
                new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                List.of(
                    set(TopicConfig.RETENTION_MS_CONFIG, wanted.time().toMillis()),
                    set(TopicConfig.RETENTION_BYTES_CONFIG, wanted.bytesEach()),
                    set(TopicConfig.SEGMENT_BYTES_CONFIG, wanted.segmentBytes()))));
    try {
      admin.incrementalAlterConfigs(changes).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        managed = false;
        log.error(
            "Mirrored topics stay as the catalogue says: the mirror may not alter them; give it the"
                + " right to, or set mirror.manage-retention=false");
        return false;
      }
      throw new KafkaException("Retention cannot be set now", e.getCause());
    }
  }

  private static AlterConfigOp set(String key, long value) {
    return new AlterConfigOp(new ConfigEntry(key, Long.toString(value)), AlterConfigOp.OpType.SET);
  }
}
