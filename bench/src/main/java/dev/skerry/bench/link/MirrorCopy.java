package dev.skerry.bench.link;

import dev.skerry.local.mirror.Compression;
import dev.skerry.local.mirror.LinkUse;
import dev.skerry.local.mirror.Mirror;
import dev.skerry.local.mirror.MirrorFlow;
import dev.skerry.local.mirror.MirrorPlan;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Service;
import dev.skerry.service.ServiceGroup;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that a site's broker has for the cloud, mirrored to a far end of its own by the same
 * plan; nothing comes back to the site, and its own mirror is not disturbed.
 */
public final class MirrorCopy implements AutoCloseable {

  private final FarEnd far;
  private final MeterRegistry metrics;
  private final Service flows;
  private final Arrivals arrivals;
  private final CompletableFuture<Void> end;

  /**
   * How far it is.
   *
   * @param records that have come, all topics
   * @param bytesOut that went out through its link
   * @param bytesBack that came back
   * @param topics what was sent of each topic
   */
  public record Progress(long records, long bytesOut, long bytesBack, Map<String, Batches> topics) {

    /** What came since an earlier one. */
    public Progress since(Progress earlier) {
      Map<String, Batches> grown = new HashMap<>(topics);
      earlier.topics.forEach(
          (topic, before) -> grown.computeIfPresent(topic, (name, now) -> now.since(before)));
      return new Progress(
          records - earlier.records,
          bytesOut - earlier.bytesOut,
          bytesBack - earlier.bytesBack,
          grown);
    }
  }

  /**
   * What was sent of a topic.
   *
   * @param records that were sent
   * @param contentBytes of their keys, values and headers
   * @param bytes of the batches in which they crossed
   */
  public record Batches(long records, long contentBytes, long bytes) {

    Batches since(Batches earlier) {
      return new Batches(
          records - earlier.records, contentBytes - earlier.contentBytes, bytes - earlier.bytes);
    }
  }

  private MirrorCopy(FarEnd far, Service flows, MeterRegistry metrics) {
    this.far = far;
    this.metrics = metrics;
    this.flows = flows;
    this.arrivals =
        Arrivals.follow(far.broker().bootstrapServers(), Topics.mirroredFrom(Side.EDGE));
    this.end = CompletableFuture.runAsync(this::run);
  }

  /** Starts it. */
  public static MirrorCopy start(String edge, Compression compression, Path directory)
      throws InterruptedException {
    String name = "copy-" + compression.name().toLowerCase(Locale.ROOT);
    FarEnd far = FarEnd.start(name, directory);
    LinkUse use = LinkUse.STANDARD.compressed(compression);
    MeterRegistry metrics = new SimpleMeterRegistry();
    List<Service> mirrors = new ArrayList<>();
    for (MirrorFlow flow : MirrorPlan.of(name, edge, far.link().address(), use).fromTheEdge()) {
      mirrors.add(new Mirror(flow, metrics));
    }
    return new MirrorCopy(far, new ServiceGroup(mirrors), metrics);
  }

  private void run() {
    try {
      flows.run();
    } catch (Exception e) {
      throw new IllegalStateException("The mirror ended", e);
    }
  }

  /** How far it is now. */
  public Progress progress() throws InterruptedException {
    if (end.isDone()) {
      end.join();
    }
    Map<String, Batches> topics = new HashMap<>();
    long records = 0;
    for (Topic topic : Topics.mirroredFrom(Side.EDGE)) {
      records += arrivals.count(topic);
      topics.put(
          topic.name(),
          new Batches(
              sent(topic, "content.records"),
              sent(topic, "content.bytes"),
              sent(topic, "batch.bytes")));
    }
    return new Progress(records, far.link().bytesOut(), far.link().bytesBack(), topics);
  }

  private long sent(Topic topic, String what) {
    return Math.round(
        metrics.get("skerry.mirror." + what).tag("topic", topic.name()).functionCounter().count());
  }

  @Override
  public void close() {
    flows.stop();
    end.exceptionally(failure -> null).join();
    arrivals.close();
    far.close();
  }
}
