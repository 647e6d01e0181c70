package dev.skerry.bench.link;

import dev.skerry.aggregator.AggregatorMain;
import dev.skerry.bench.process.ChildJvm;
import dev.skerry.local.ledger.Verdicts;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The ledger at both ends of a link, each in a process of its own. */
public final class SiteLedger implements AutoCloseable {

  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1");
  private static final int LOOK_MILLIS = 2_000;

  private final LinkSite site;
  private final ChildJvm edge;
  private final ChildJvm cloud;

  /**
   * What it says.
   *
   * @param complete records in minutes that are complete, in the topics that it counts
   * @param missing records that it names as missing
   * @param doubled records that it names as doubled
   * @param differing minutes with other records than the site's
   */
  public record Said(long complete, long missing, long doubled, long differing) {

    /** Where nobody asked it. */
    public static final Said NOT_ASKED = new Said(0, 0, 0, 0);

    /** Whether it knows of so many records and of no fault. */
    public boolean agrees(long records) {
      return complete == records && missing == 0 && doubled == 0 && differing == 0;
    }
  }

  private SiteLedger(LinkSite site, ChildJvm edge, ChildJvm cloud) {
    this.site = site;
    this.edge = edge;
    this.cloud = cloud;
  }

  /** Starts it at both ends. */
  public static SiteLedger start(LinkSite site) {
    return new SiteLedger(
        site,
        aggregator(Side.EDGE, site.edge().bootstrapServers(), site.directory()),
        aggregator(Side.CLOUD, site.cloud().bootstrapServers(), site.directory()));
  }

  private static ChildJvm aggregator(Side side, String bootstrapServers, Path directory) {
    String name = side.name().toLowerCase(Locale.ROOT) + "-ledger";
    Properties configuration = new Properties();
    configuration.put("kafka.bootstrap.servers", bootstrapServers);
    configuration.put("aggregator.side", side.name().toLowerCase(Locale.ROOT));
    configuration.put("aggregator.site-id", side == Side.EDGE ? RecordFeed.SITE_ID : "cloud");
    configuration.put("aggregator.state-dir", directory.resolve(name).toString());
    configuration.put("aggregator.fleet.enabled", "false");
    configuration.put("aggregator.answers.enabled", "false");
    configuration.put("aggregator.ledger.quiet-close", "PT5S");
    return ChildJvm.start(name, directory, JVM, AggregatorMain.class, configuration);
  }

  /** Waits until it knows of so many records in complete minutes, or has named a fault. */
  public Said await(long records, Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    Said said = said();
    while (!said.agrees(records) && System.nanoTime() < deadlineNanos) {
      edge.requireAlive();
      cloud.requireAlive();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      said = said();
    }
    return said;
  }

  private Said said() {
    List<Completeness> windows = Verdicts.read(site.cloud().bootstrapServers()).windows();
    return new Said(
        windows.stream()
            .filter(window -> window.getVerdict() == CompletenessVerdict.COMPLETE)
            .mapToLong(Completeness::getCloudCount)
            .sum(),
        difference(windows, CompletenessVerdict.MISSING),
        difference(windows, CompletenessVerdict.DOUBLED),
        windows.stream()
            .filter(window -> window.getVerdict() == CompletenessVerdict.DIFFERS)
            .count());
  }

  private static long difference(List<Completeness> windows, CompletenessVerdict verdict) {
    return windows.stream()
        .filter(window -> window.getVerdict() == verdict)
        .mapToLong(Completeness::getDifference)
        .sum();
  }

  /** How many of a feed's topics it counts. */
  public static long countedTopics(List<Topic> topics) {
    return topics.stream().filter(Topics.ledgered()::contains).count();
  }

  @Override
  public void close() {
    edge.close();
    cloud.close();
  }
}
