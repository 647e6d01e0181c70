package dev.skerry.local;

import dev.skerry.local.audit.RecordFilter;
import dev.skerry.local.rescore.RescoredTopic;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.RecordJson;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skerry tail TOPIC}: decoded records, one JSON object a line. */
@Command(
    name = "tail",
    description = "Prints the records of a topic as they come, decoded, one JSON object a line.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TailCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(200);

  @Parameters(
      index = "0",
      paramLabel = "TOPIC",
      description = "A topic of the catalogue, for example detections.")
  private String topic = "";

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "End after so many records (default: never).")
  private long max = Long.MAX_VALUE;

  @Option(
      names = "--from-beginning",
      description = "Begin with the oldest record that is still there, not with the next one.")
  private boolean fromBeginning;

  @Option(names = "--cloud", description = "Read the cloud's broker, not the site's.")
  private boolean cloud;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Read this broker, not one of a site on this machine.")
  private Optional<String> bootstrap = Optional.empty();

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "With --bootstrap: settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Mixin private SiteOption site = new SiteOption();

  @Override
  public Integer call() {
    Topic known = topic();
    print(
        known,
        bootstrap.map(at -> Broker.of(at, clientConfig)).orElseGet(this::brokerOfTheSite),
        System.out);
    return ExitCode.OK;
  }

  private Topic topic() {
    if (max < 1) {
      throw new SiteRefusedException("--max is " + max + ": give the number of records, 1 and up");
    }
    List<Topic> there = there();
    return Topics.named(topic)
        .filter(there::contains)
        .or(() -> RescoredTopic.named(topic))
        .orElseThrow(
            () ->
                new SiteRefusedException(
                    "There is no topic "
                        + topic
                        + (cloud ? " in the cloud" : "")
                        + "; there are "
                        + String.join(", ", there.stream().map(Topic::name).toList())));
  }

  /** A broker that is named may be of either side. */
  private List<Topic> there() {
    return bootstrap.isPresent() && !cloud
        ? Topics.all()
        : Topics.at(cloud ? Side.CLOUD : Side.EDGE);
  }

  private Broker brokerOfTheSite() {
    SiteStatus status = site.site();
    return cloud ? status.requireCloud() : status.edge();
  }

  /** In the cloud, where sites share topics, a name chooses among their records. */
  private RecordFilter filter() {
    return cloud
        ? site.name().map(RecordFilter::of).orElseGet(RecordFilter::all)
        : RecordFilter.all();
  }

  private void print(Topic known, Broker broker, PrintStream out) {
    RecordJson json = new RecordJson(known);
    RecordFilter filter = filter();
    AtomicLong left = new AtomicLong(max);
    try (TopicReader reader = new TopicReader(broker)) {
      List<TopicPartition> partitions = reader.partitions(List.of(known.name()));
      if (partitions.isEmpty()) {
        throw new SiteRefusedException("The broker at " + broker + " has no topic " + known.name());
      }
      Map<TopicPartition, Long> from =
          fromBeginning ? reader.beginnings(partitions) : reader.ends(partitions);
      reader.startAt(from);
      // A reader that went away, such as head, shows as an error of the stream.
      while (left.get() > 0 && !out.checkError()) {
        reader.poll(
            POLL,
            record -> {
              if (filter.takes(record) && left.getAndDecrement() > 0) {
                out.println(json.of(record));
              }
            });
      }
    }
  }
}
