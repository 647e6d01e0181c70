package dev.skerry.local.mirror.backlog;

import dev.skerry.local.mirror.Cluster;
import dev.skerry.local.mirror.MirrorFlow;
import dev.skerry.local.mirror.MirrorPlan;
import dev.skerry.local.mirror.keep.EdgeDisk;
import dev.skerry.local.mirror.keep.Keeping;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.service.Service;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whether the link is up, what waits for it, and how long the disk can wait: a warning comes
 * before retention overtakes the mirror. Keeps to what the site is meant to survive. {@link #run}
 * belongs to one thread.
 */
public final class LinkWatch implements Service {

  private static final Logger log = LoggerFactory.getLogger(LinkWatch.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final Cluster cloud;
  private final InstantSource clock;
  private final Admin edge;
  private final Keeping keeping;
  private final Map<MirrorFlow, FlowBacklog> flows = new LinkedHashMap<>();
  private final Map<Topic, TopicBacklog> topics = new LinkedHashMap<>();
  private final Map<Topic, RoomWarning> warnings = new LinkedHashMap<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private Optional<String> saidOfSilence = Optional.empty();
  private volatile boolean up;

  /**
   * A watch that has not looked yet.
   *
   * @param offsetsTopic where a flow keeps how far it is: that depends on who runs it
   * @param contract what the site is meant to survive
   */
  public LinkWatch(
      MirrorPlan plan,
      Function<MirrorFlow, String> offsetsTopic,
      Keeping.Contract contract,
      MeterRegistry registry,
      InstantSource clock) {
    this.cloud = new Cluster("cloud", plan.cloud());
    this.clock = clock;
    this.edge = plan.edge().admin();
    this.keeping = new Keeping(contract, edge, registry);
    Gauge.builder("skerry.link.up", this, watch -> watch.up ? 1 : 0)
        .description("Whether the cloud's broker answers through the link")
        .register(registry);
    for (MirrorFlow flow : plan.fromTheEdge()) {
      flows.put(flow, new FlowBacklog(flow, offsetsTopic.apply(flow)));
      for (Topic topic : flow.topics()) {
        TopicBacklog backlog = new TopicBacklog(topic);
        topics.put(topic, backlog);
        warnings.put(topic, new RoomWarning(topic, contract.outage()));
        register(flow, backlog, registry);
        registerOvertaken(flow, backlog, registry);
        registerKept(topic, registry);
      }
    }
  }

  private void registerKept(Topic topic, MeterRegistry registry) {
    Gauge.builder("skerry.link.kept.bytes", keeping, of -> of.kept(topic).bytesEach())
        .description("How much of each of the topic's partitions the site keeps")
        .tag("topic", topic.name())
        .register(registry);
  }

  private static void register(MirrorFlow flow, TopicBacklog backlog, MeterRegistry registry) {
    Tags tags = Tags.of("flow", flow.name(), "topic", backlog.topic().name());
    gauge(
        registry,
        tags,
        backlog,
        "skerry.link.backlog.records",
        "Records that wait for the link",
        look -> look.records());
    gauge(
        registry,
        tags,
        backlog,
        "skerry.link.backlog.bytes",
        "Bytes that wait for the link",
        look -> look.bytes());
    gauge(
        registry,
        tags,
        backlog,
        "skerry.link.backlog.seconds",
        "How long the oldest record has been waiting for the link",
        look -> look.waiting().toMillis() / 1e3);
    gauge(
        registry,
        tags,
        backlog,
        "skerry.link.room.seconds",
        "How long until a record is deleted that the cloud does not have",
        look -> look.room().toMillis() / 1e3);
  }

  private void registerOvertaken(MirrorFlow flow, TopicBacklog backlog, MeterRegistry registry) {
    Topic topic = backlog.topic();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      int number = partition;
      Gauge.builder(
              "skerry.link.overtaken.records", backlog, of -> of.overtaken(number, clock.millis()))
          .description("Offsets that were deleted before they were mirrored, for a day")
          .tags("flow", flow.name(), "topic", topic.name(), "partition", Integer.toString(number))
          .register(registry);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      Tags tags,
      TopicBacklog backlog,
      String name,
      String description,
      ToDoubleFunction<TopicBacklog.Look> value) {
    Gauge.builder(name, backlog, of -> value.applyAsDouble(of.latest()))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  @Override
  public void run() throws InterruptedException {
    do {
      look();
    } while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
  }

  private void look() throws InterruptedException {
    Optional<String> silence = cloud.silence();
    boolean isUp = silence.isEmpty();
    if (isUp && !up) {
      log.info("The cloud at {} answers", cloud.bootstrapServers());
    }
    if (!isUp && !silence.equals(saidOfSilence)) {
      log.info("The cloud at {} does not answer: {}", cloud.bootstrapServers(), silence.get());
    }
    saidOfSilence = silence;
    up = isUp;
    try {
      EdgeDisk disk = EdgeDisk.ask(edge);
      for (Map.Entry<MirrorFlow, FlowBacklog> flow : flows.entrySet()) {
        if (isUp) {
          follow(flow.getKey(), flow.getValue());
        }
        measure(flow.getKey(), flow.getValue(), disk);
      }
      keeping.keep(disk, topics.values().stream().map(TopicBacklog::use).toList());
    } catch (KafkaException e) {
      log.debug("What waits for the link cannot be seen now", e);
    }
  }

  /** The link may go down while it is asked; what was seen last holds then. */
  private static void follow(MirrorFlow flow, FlowBacklog backlog) {
    try {
      backlog.follow();
    } catch (KafkaException e) {
      log.debug("How far {} is cannot be seen now", flow.name(), e);
    }
  }

  private void measure(MirrorFlow flow, FlowBacklog backlog, EdgeDisk disk) {
    for (Topic topic : flow.topics()) {
      TopicBacklog state = topics.get(topic);
      RoomWarning warning = warnings.get(topic);
      if (state != null && warning != null) {
        state.update(backlog.measure(topic, disk.sizes()), keeping.kept(topic), clock.millis());
        warning
            .check(state.latest())
            .forEach(finding -> log.atLevel(finding.level()).log(finding.text()));
      }
    }
  }

  @Override
  public void stop() {
    stop.countDown();
  }

  @Override
  public void close() {
    flows.values().forEach(FlowBacklog::close);
    edge.close();
  }
}
