package dev.skerry.bench.prove;

import dev.skerry.bench.link.Arrivals;
import dev.skerry.bench.link.Disruption;
import dev.skerry.bench.link.LinkSite;
import dev.skerry.bench.link.RecordFeed;
import dev.skerry.bench.link.SiteLedger;
import dev.skerry.local.audit.Audit;
import dev.skerry.local.audit.MirrorReport;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Cuts the link at random moments while records flow both ways, kills the mirror now and then, and
 * compares both sides record for record: NOTHING_LOST, NOTHING_TWICE, ORDER_PER_PARTITION. How long
 * after the link's return is everything as before?
 */
final class LinkProof {

  /** At most this much is on its way when all is as before: transactions last a second. */
  private static final Duration RECENT = Duration.ofSeconds(3);

  private static final int LONGEST_WAIT_MILLIS = 1_500;
  private static final double LIMIT_SECONDS = 15;
  private static final Duration AWAY_AT_START = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LEDGER_PATIENCE = Duration.ofMinutes(5);
  private static final int RECORDS_EACH_UP = 10;
  private static final double TRANSACTIONS_PER_SECOND = 10;

  private final String name;
  private final Path directory;
  private final long seed;
  private final List<Disruption> plan;
  private final boolean withLedger;
  private final Consumer<String> console;

  /**
   * A proof with two brokers of its own.
   *
   * @param directory for its data and logs
   * @param seed of the moments and the records
   * @param withLedger whether the ledger's verdict is wanted too; it takes minutes
   * @param console takes a line for each disruption
   */
  LinkProof(
      String name,
      Path directory,
      long seed,
      List<Disruption> plan,
      boolean withLedger,
      Consumer<String> console) {
    this.name = name;
    this.directory = directory;
    this.seed = seed;
    this.plan = plan;
    this.withLedger = withLedger;
    this.console = console;
  }

  /**
   * What the two sides have, all topics and both ways.
   *
   * @param records that were committed at their home
   * @param arrived found on the other side by a reader of its own
   * @param lost records that the other side does not have
   * @param doubled records that it has more than once
   * @param reorderedPartitions with the same records in another order
   */
  record Counts(long records, long arrived, long lost, long doubled, long reorderedPartitions) {

    static Counts of(long records, List<MirrorReport> reports) {
      return new Counts(
          records,
          reports.stream().mapToLong(MirrorReport::cloud).sum(),
          reports.stream().mapToLong(MirrorReport::missing).sum(),
          reports.stream().mapToLong(MirrorReport::doubled).sum(),
          reports.stream().mapToLong(MirrorReport::reordered).sum());
    }

    boolean addUp() {
      return records > 0
          && arrived == records
          && lost == 0
          && doubled == 0
          && reorderedPartitions == 0;
    }
  }

  /**
   * What came of it.
   *
   * @param disruptions how often what was done
   * @param cutsInsideTransaction how many cuts and silences left a transaction of the mirror open
   * @param killed how often the mirror was killed
   * @param killsInsideTransaction how many of these kills left at least one transaction open
   * @param ledger what the ledger says; zeros where it was not asked
   * @param ledgerAgrees whether it says the same; true where it was not asked
   * @param steadySeconds from the link's return, or from the kill where that came later, until all
   *     that was written before it was on the other side, and nothing older than 3 s was missing
   * @param limitSeconds what is promised of that
   * @param mirrorMebibytes the most memory that a mirror's process had
   */
  record Result(
      String name,
      long seed,
      Map<String, Integer> disruptions,
      int cutsInsideTransaction,
      int killed,
      int killsInsideTransaction,
      Counts counts,
      SiteLedger.Said ledger,
      boolean ledgerAgrees,
      SteadyTimes steadySeconds,
      SteadyTimes steadySecondsAfterKill,
      double limitSeconds,
      long mirrorMebibytes,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    try (LinkSite site = LinkSite.start(directory)) {
      site.link().set(new LinkCondition.Cut()); // There is no cloud yet when the site starts.
      try (MirrorUnderTest mirror = new MirrorUnderTest(site);
          RecordFeed up = feed(site.edge().bootstrapServers(), upwards(), RECORDS_EACH_UP);
          RecordFeed down = feed(site.cloud().bootstrapServers(), List.of(Topics.MODELS), 1);
          Arrivals inTheCloud = Arrivals.follow(site.cloud().bootstrapServers(), upwards());
          Arrivals atTheEdge =
              Arrivals.follow(site.edge().bootstrapServers(), List.of(Topics.MODELS))) {
        Optional<SiteLedger> ledger =
            withLedger ? Optional.of(SiteLedger.start(site)) : Optional.empty();
        Steadiness steadiness = new Steadiness(up, inTheCloud, down, atTheEdge);
        try {
          return disrupt(site, mirror, steadiness, ledger);
        } finally {
          ledger.ifPresent(SiteLedger::close);
        }
      }
    }
  }

  private RecordFeed feed(String bootstrapServers, List<Topic> topics, int recordsEach) {
    return RecordFeed.start(bootstrapServers, topics, recordsEach, TRANSACTIONS_PER_SECOND, seed);
  }

  /** The ledger writes its own topic by itself. */
  private static List<Topic> upwards() {
    return Topics.mirroredFrom(Side.EDGE).stream()
        .filter(topic -> !topic.equals(Topics.LEDGER))
        .toList();
  }

  /** Both ways at once. */
  private record Steadiness(
      RecordFeed up, Arrivals inTheCloud, RecordFeed down, Arrivals atTheEdge) {

    double secondsSince(long nanos) throws InterruptedException {
      long lastUp = inTheCloud.awaitAllBut(up, RECENT, nanos, PATIENCE);
      long lastDown = atTheEdge.awaitAllBut(down, RECENT, nanos, PATIENCE);
      return (Math.max(lastUp, lastDown) - nanos) / 1e9;
    }
  }

  private Result disrupt(
      LinkSite site, MirrorUnderTest mirror, Steadiness steadiness, Optional<SiteLedger> ledger)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> done = new TreeMap<>();
    List<Double> seconds = new ArrayList<>();
    List<Double> secondsAfterKill = new ArrayList<>();
    int number = 0;
    steadiness.up().awaitFirst(PATIENCE);
    steadiness.down().awaitFirst(PATIENCE);
    TimeUnit.MILLISECONDS.sleep(AWAY_AT_START.toMillis());
    site.link().set(new LinkCondition.Open());
    done.put("away-at-start", 1);
    seconds.add(steadiness.secondsSince(System.nanoTime()));
    console.accept(
        "the cloud was away at the start: as before after %.1f s".formatted(seconds.get(0)));
    for (Disruption disruption : plan) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
      long overNanos = new Disruptor(site, mirror).carryOut(disruption);
      double took = steadiness.secondsSince(overNanos);
      boolean killed = disruption.killAfter().isPresent();
      (killed ? secondsAfterKill : seconds).add(took);
      done.merge(disruption.kind(), 1, Integer::sum);
      console.accept(
          "%d: %s for %d ms%s: as before after %.1f s"
              .formatted(
                  ++number,
                  disruption.kind(),
                  disruption.lasts().toMillis(),
                  killed ? ", the mirror killed" : "",
                  took));
    }
    long up = steadiness.up().end();
    long down = steadiness.down().end();
    steadiness.inTheCloud().awaitEach(steadiness.up(), up, PATIENCE);
    steadiness.atTheEdge().awaitEach(steadiness.down(), down, PATIENCE);
    return result(
        site,
        mirror,
        ledger,
        up,
        down,
        done,
        SteadyTimes.of(seconds),
        SteadyTimes.of(secondsAfterKill));
  }

  private Result result(
      LinkSite site,
      MirrorUnderTest mirror,
      Optional<SiteLedger> ledger,
      long upEach,
      long down,
      Map<String, Integer> done,
      SteadyTimes seconds,
      SteadyTimes secondsAfterKill)
      throws InterruptedException {
    long counted = upEach * SiteLedger.countedTopics(upwards());
    SiteLedger.Said said =
        ledger.isPresent()
            ? ledger.get().await(counted, LEDGER_PATIENCE)
            : SiteLedger.Said.NOT_ASKED;
    boolean agrees = ledger.isEmpty() || said.agrees(counted);
    mirror.terminate();
    Counts counts = Counts.of(upEach * upwards().size() + down, compare(site));
    return new Result(
        name,
        seed,
        done,
        mirror.cutsInsideTransaction(),
        mirror.killed(),
        mirror.killsInsideTransaction(),
        counts,
        said,
        agrees,
        seconds,
        secondsAfterKill,
        LIMIT_SECONDS,
        mirror.peakMebibytes(),
        counts.addUp()
            && agrees
            && Math.max(seconds.max(), secondsAfterKill.max()) <= LIMIT_SECONDS);
  }

  /** Where a topic is mirrored down, the cloud is the home that the edge is compared with. */
  private static List<MirrorReport> compare(LinkSite site) {
    String edge = site.edge().bootstrapServers();
    String cloud = site.cloud().bootstrapServers();
    return Stream.concat(
            Audit.mirrored(edge, cloud, upwards()).stream(),
            Audit.mirrored(cloud, edge, List.of(Topics.MODELS)).stream())
        .toList();
  }
}
