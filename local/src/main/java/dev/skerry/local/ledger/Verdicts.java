package dev.skerry.local.ledger;

import dev.skerry.local.terminal.Text;
import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Completeness;
import dev.skerry.schemas.CompletenessVerdict;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The latest verdict on each minute of each mirrored topic of each site, in this order: site,
 * topic, time. Immutable.
 */
public record Verdicts(List<Completeness> windows) {

  private static final Set<CompletenessVerdict> PROBLEMS =
      EnumSet.of(
          CompletenessVerdict.MISSING, CompletenessVerdict.DOUBLED, CompletenessVerdict.DIFFERS);

  private static final Comparator<Stream> BY_SITE_AND_TOPIC =
      Comparator.comparing(Stream::siteId).thenComparing(Stream::topic);

  /** One topic of one site. */
  public record Stream(String siteId, String topic) {

    static Stream of(Completeness window) {
      return new Stream(window.getSiteId(), window.getTopic());
    }
  }

  public Verdicts {
    windows = List.copyOf(windows);
  }

  /** The same at a broker that takes anybody. */
  public static Verdicts read(String bootstrapServers) {
    return read(Broker.plain(bootstrapServers));
  }

  /** Reads the topic {@code completeness} up to what is committed now. */
  public static Verdicts read(Broker broker) {
    AvroDecoder<Completeness> decoder = new AvroDecoder<>(Completeness.class);
    Map<Stream, TreeMap<Instant, Completeness>> latest = new TreeMap<>(BY_SITE_AND_TOPIC);
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.COMPLETENESS.name()))),
          record -> {
            if (decoder.decode(record.value()) instanceof Decoded.Value<Completeness> judged) {
              Completeness window = judged.value();
              latest
                  .computeIfAbsent(Stream.of(window), absent -> new TreeMap<>())
                  .put(window.getWindowStart(), window);
            }
          });
    }
    return new Verdicts(
        latest.values().stream().flatMap(byStart -> byStart.values().stream()).toList());
  }

  /** Those of one site. */
  public Verdicts of(String siteId) {
    return new Verdicts(
        windows.stream().filter(window -> window.getSiteId().equals(siteId)).toList());
  }

  /** What is missing, doubled or differs. */
  public List<Completeness> problems() {
    return windows.stream().filter(window -> PROBLEMS.contains(window.getVerdict())).toList();
  }

  /** The windows of each topic of each site. */
  public Map<Stream, List<Completeness>> byStream() {
    return windows.stream()
        .collect(
            Collectors.groupingBy(
                Stream::of, () -> new TreeMap<>(BY_SITE_AND_TOPIC), Collectors.toList()));
  }

  /** All of it in one line. */
  public String summary() {
    if (windows.isEmpty()) {
      return "no minute is judged yet";
    }
    Instant completeUpTo =
        byStream().values().stream()
            .map(Verdicts::completeUpTo)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    long differing = count(CompletenessVerdict.DIFFERS);
    return "complete up to %s UTC, %d missing, %d doubled%s"
        .formatted(
            Text.minute(completeUpTo),
            records(CompletenessVerdict.MISSING),
            records(CompletenessVerdict.DOUBLED),
            differing == 0 ? "" : ", " + differing + " min differ");
  }

  /** The end of the last window before the first that is not complete. */
  private static Instant completeUpTo(List<Completeness> windows) {
    return windows.stream()
        .filter(window -> window.getVerdict() != CompletenessVerdict.COMPLETE)
        .findFirst()
        .map(Completeness::getWindowStart)
        .orElseGet(() -> windows.get(windows.size() - 1).getWindowEnd());
  }

  private long count(CompletenessVerdict verdict) {
    return windows.stream().filter(window -> window.getVerdict() == verdict).count();
  }

  private long records(CompletenessVerdict verdict) {
    return windows.stream()
        .filter(window -> window.getVerdict() == verdict)
        .mapToLong(Completeness::getDifference)
        .sum();
  }
}
