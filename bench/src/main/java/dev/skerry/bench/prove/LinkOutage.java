package dev.skerry.bench.prove;

import dev.skerry.bench.link.Arrivals;
import dev.skerry.bench.link.HurriedClock;
import dev.skerry.bench.link.LinkSite;
import dev.skerry.bench.link.RecordFeed;
import dev.skerry.bench.link.SiteLedger;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkTraffic;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A cut of hours or days in simulated time: its records bear the times of the hours that they stand
 * for, so that they are as old for retention, for the mirror's watch and for the ledger as if the
 * hours had passed. The clients' own timeouts run in real time.
 */
final class LinkOutage {

  /** Those that keep every record for the whole outage; the ledger counts them all. */
  private static final List<Topic> TOPICS =
      List.of(Topics.AGGREGATES, Topics.DRIFT, Topics.RETRAINING_SAMPLES);

  private static final int SEGMENTS = 20;
  private static final int RECORDS_EACH = 10;
  private static final double TRANSACTIONS_PER_SECOND = 10;
  private static final double ALMOST = 0.99;

  /** Retention is a quarter more than the outage. */
  private static final double LEAST_ROOM = 0.2;

  private static final Duration RECENT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path directory;
  private final long seed;
  private final Duration outage;
  private final int seconds;
  private final Consumer<String> console;

  /**
   * A proof with two brokers of its own.
   *
   * @param hours how long the link is away
   * @param seconds in how many that passes; a broker looks every 30 s for what it may delete
   */
  LinkOutage(Path directory, long seed, int hours, int seconds, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.outage = Duration.ofHours(hours);
    this.seconds = seconds;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param waitedHours for how long the oldest record had been waiting at the end, as the mirror
   *     said
   * @param roomHours for how much longer it could have waited
   * @param waitingRecords how many waited
   * @param caughtUpSeconds from the link's return until all of them were in the cloud, and nothing
   *     older than 3 s was missing
   * @param ledger what the ledger says of the topics that it counts
   */
  record Result(
      String name,
      long seed,
      long hours,
      int seconds,
      double waitedHours,
      double roomHours,
      long waitingRecords,
      double caughtUpSeconds,
      LinkProof.Counts counts,
      SiteLedger.Said ledger,
      boolean ledgerAgrees,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    try (LinkSite site = LinkSite.start(directory)) {
      takeTimesFromRecords(site);
      Path portFile = directory.resolve("mirror.port");
      HurriedClock clock = HurriedClock.late(outage);
      try (ChildJvm mirror =
              site.startMirror(
                  Map.of(
                      "mirror.outage", outage.toString(),
                      "service.http.port-file", portFile.toString()));
          SiteLedger ledger = SiteLedger.start(site);
          RecordFeed feed =
              RecordFeed.start(
                  site.edge().bootstrapServers(),
                  TOPICS,
                  RECORDS_EACH,
                  TRANSACTIONS_PER_SECOND,
                  seed,
                  Optional.of(clock));
          Arrivals arrivals = Arrivals.follow(site.cloud().bootstrapServers(), TOPICS)) {
        feed.awaitFirst(PATIENCE);
        arrivals.awaitAllBut(feed, RECENT, System.nanoTime(), PATIENCE);
        site.link().set(new LinkCondition.Cut());
        clock.run((double) outage.toSeconds() / seconds);
        TimeUnit.SECONDS.sleep(seconds);
        clock.run(1);
        LinkTraffic waiting = awaitThatItIsSeen(portFile);
        console.accept("after the outage: " + waiting.topics());
        long backNanos = System.nanoTime();
        site.link().set(new LinkCondition.Open());
        long allNanos = arrivals.awaitAllBut(feed, RECENT, backNanos, PATIENCE);
        mirror.requireAlive();
        return result(site, feed, arrivals, ledger, waiting, (allNanos - backNanos) / 1e9);
      }
    }
  }

  /** Segments get short, so that the broker may delete what is too old. */
  private void takeTimesFromRecords(LinkSite site) throws InterruptedException {
    List<AlterConfigOp> changes =
        List.of(
            set(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime"),
            set(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(outage.toMillis() / SEGMENTS)));
    Map<ConfigResource, Collection<AlterConfigOp>> all =
        TOPICS.stream()
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic -> changes));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.edge().bootstrapServers()))) {
      admin.incrementalAlterConfigs(all).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics' times cannot be set", e);
    }
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  /** What the mirror says once it has looked after the outage. */
  private LinkTraffic awaitThatItIsSeen(Path portFile) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      Optional<LinkTraffic> seen = LinkTraffic.ask(portFile);
      if (seen.isPresent() && waitedSeconds(seen.get()) >= ALMOST * outage.toSeconds()) {
        return seen.get();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IllegalStateException("The mirror does not say for how long records have waited");
  }

  private static double waitedSeconds(LinkTraffic traffic) {
    return traffic.topics().stream()
        .mapToDouble(LinkTraffic.OfTopic::waitingSeconds)
        .max()
        .orElse(0);
  }

  private Result result(
      LinkSite site,
      RecordFeed feed,
      Arrivals arrivals,
      SiteLedger ledger,
      LinkTraffic waiting,
      double caughtUpSeconds)
      throws InterruptedException {
    long each = feed.end();
    arrivals.awaitEach(feed, each, PATIENCE);
    long counted = each * TOPICS.size();
    SiteLedger.Said said = ledger.await(counted, PATIENCE);
    LinkProof.Counts counts =
        LinkProof.Counts.of(
            counted,
            Audit.mirrored(
                site.edge().bootstrapServers(), site.cloud().bootstrapServers(), TOPICS));
    double roomSeconds =
        waiting.topics().stream()
            .filter(topic -> topic.waitingRecords() > 0)
            .mapToDouble(LinkTraffic.OfTopic::roomSeconds)
            .min()
            .orElse(0);
    return new Result(
        "link-outage",
        seed,
        outage.toHours(),
        seconds,
        waitedSeconds(waiting) / 3600,
        roomSeconds / 3600,
        waiting.topics().stream().mapToLong(LinkTraffic.OfTopic::waitingRecords).sum(),
        caughtUpSeconds,
        counts,
        said,
        said.agrees(counted),
        counts.addUp() && said.agrees(counted) && roomSeconds >= LEAST_ROOM * outage.toSeconds());
  }
}
