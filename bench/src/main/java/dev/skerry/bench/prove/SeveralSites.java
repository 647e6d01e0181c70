package dev.skerry.bench.prove;

import dev.skerry.bench.process.BrokerProcess;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Several sites write the same keys into one cloud. One of them is killed ({@code kill -9} of its
 * mirror and its broker) while its mirror has transactions open in the cloud, and stays away. How
 * long until what the others write after that can be read in those partitions, as a {@code
 * read_committed} reader sees it? Then it comes back, and the next one dies.
 */
final class SeveralSites {

  private static final List<Topic> TOPICS = List.of(Topics.AGGREGATES, Topics.RETRAINING_SAMPLES);
  private static final int LONGEST_WAIT_MILLIS = 1_000;
  private static final double LIMIT_SECONDS = 15;
  private static final int PROBE_MILLIS = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Path directory;
  private final int count;
  private final int times;
  private final Consumer<String> console;
  private final long seed;
  private final SplittableRandom random;

  /** A proof with brokers of its own; see {@link KillInference}. */
  SeveralSites(Path directory, long seed, int count, int times, Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.count = count;
    this.times = times;
    this.console = console;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What came of it.
   *
   * @param deaths how often a site was killed inside a transaction
   * @param heldPartitions partitions in which its transactions were open, death by death
   * @param secondsUntilReadable from the moment at which the mirror was frozen until a new record
   *     of another site could be read in the last of these partitions, death by death
   * @param longestSeconds the longest of these
   * @param limitSeconds what is promised
   * @param usualMillis how long a record takes from its write at the site, while all live: median
   * @param records of all sites and topics
   * @param missing records that the cloud does not have
   */
  record Result(
      String name,
      long seed,
      int sites,
      int deaths,
      List<Integer> heldPartitions,
      List<Double> secondsUntilReadable,
      double longestSeconds,
      double limitSeconds,
      double usualMillis,
      long records,
      long missing,
      long doubled,
      long outOfOrder,
      long underAnotherKey,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    List<MirroredSite> sites = new ArrayList<>();
    try (BrokerProcess cloud = BrokerProcess.start(directoryOf("cloud"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", cloud.bootstrapServers()))) {
      TopicSetup.ensure(admin, Side.CLOUD);
      for (int number = 1; number <= count; number++) {
        sites.add(
            MirroredSite.start("site-" + number, directory, cloud.bootstrapServers(), TOPICS));
      }
      try (CloudWatch watch = CloudWatch.start(cloud.bootstrapServers(), TOPICS)) {
        return run(sites, watch, admin);
      }
    } finally {
      sites.forEach(MirroredSite::close);
    }
  }

  private Result run(List<MirroredSite> sites, CloudWatch watch, Admin admin)
      throws InterruptedException {
    for (MirroredSite site : sites) {
      awaitRecords(watch, site, 1);
    }
    double usual = usualMillis(watch);
    List<Integer> held = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    for (int death = 1; death <= times; death++) {
      MirroredSite victim = sites.get((death - 1) % sites.size());
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
      watch.forgetMoments();
      Death died = kill(victim, admin);
      held.add(died.held().size());
      seconds.add(secondsUntilReadable(watch, victim, died));
      console.accept(
          "death %d: %s held %d partitions, the others' records could be read after %.1f s"
              .formatted(death, victim.name(), died.held().size(), seconds.get(death - 1)));
      victim.comeBack(died.written());
      awaitRecords(watch, victim, died.written() + 1);
    }
    return result(sites, watch, usual, held, seconds);
  }

  /** What it left behind. */
  private record Death(long atNanos, Set<TopicPartition> held, long written) {}

  /** Freezes the mirror until that happens inside a transaction that holds something back. */
  private static Death kill(MirroredSite victim, Admin admin) throws InterruptedException {
    HeldPartitions transactions = new HeldPartitions(admin, victim.name(), TOPICS);
    while (true) {
      long nowNanos = System.nanoTime();
      victim.mirror().freeze();
      Set<TopicPartition> held = transactions.leftOpen();
      if (!held.isEmpty()) {
        return new Death(nowNanos, held, victim.die());
      }
      victim.mirror().resume();
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private static double secondsUntilReadable(CloudWatch watch, MirroredSite victim, Death died)
      throws InterruptedException {
    Map<TopicPartition, Long> readable = new HashMap<>();
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (readable.size() < died.held().size()) {
      for (TopicPartition partition : died.held()) {
        watch.seen(partition).stream()
            .filter(seen -> !seen.site().equals(victim.name()))
            .filter(seen -> seen.writtenNanos() > died.atNanos())
            .findFirst()
            .ifPresent(seen -> readable.putIfAbsent(partition, seen.readNanos()));
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "Of %s only %s could be read within %s"
                .formatted(died.held(), readable.keySet(), PATIENCE));
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
    return (Collections.max(readable.values()) - died.atNanos()) / 1e9;
  }

  private double usualMillis(CloudWatch watch) throws InterruptedException {
    watch.forgetMoments();
    TimeUnit.SECONDS.sleep(5);
    List<Long> nanos = new ArrayList<>();
    for (Topic topic : TOPICS) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        watch
            .seen(new TopicPartition(topic.name(), partition))
            .forEach(seen -> nanos.add(seen.readNanos() - seen.writtenNanos()));
      }
    }
    Collections.sort(nanos);
    return nanos.get(nanos.size() / 2) / 1e6;
  }

  private static void awaitRecords(CloudWatch watch, MirroredSite site, long records)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (watch.records(site.name()) < records) {
      site.mirror().requireAlive();
      if (System.nanoTime() > deadlineNanos) {
        return; // What is missing is counted in the end.
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }

  private Result result(
      List<MirroredSite> sites,
      CloudWatch watch,
      double usual,
      List<Integer> held,
      List<Double> seconds)
      throws InterruptedException {
    long records = 0;
    long missing = 0;
    for (MirroredSite site : sites) {
      long written = site.endFeed();
      awaitRecords(watch, site, written);
      records += written * TOPICS.size();
      missing += TOPICS.size() * (written - watch.records(site.name()));
    }
    double longest = Collections.max(seconds);
    boolean adds =
        missing == 0 && watch.doubled() == 0 && watch.outOfOrder() == 0 && watch.mixed() == 0;
    return new Result(
        "sites",
        seed,
        sites.size(),
        times,
        held,
        seconds,
        longest,
        LIMIT_SECONDS,
        usual,
        records,
        missing,
        watch.doubled(),
        watch.outOfOrder(),
        watch.mixed(),
        adds && longest <= LIMIT_SECONDS);
  }

  private Path directoryOf(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
