package dev.skerry.bench.prove.budgets;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads candidates and samples anew and adds up what each minute, hour and day has had. */
final class BudgetCheck {

  /** No sample is larger. */
  private static final int SAMPLE_BYTES = 700;

  private final BudgetLimits limits;
  private final SkerryAvroDeserializer<RetrainingSample> decoder =
      new SkerryAvroDeserializer<>(RetrainingSample.class);
  private final Map<UUID, Candidate> candidates = new HashMap<>();
  private final Set<UUID> samples = new HashSet<>();
  private final Map<String, Long> records = new HashMap<>();
  private final Map<String, Long> bytes = new HashMap<>();
  private long doubled;
  private long foreign;
  private long frames;

  /** When a candidate came, and a hash of its bytes. */
  private record Candidate(long timeMillis, int hash) {}

  /**
   * What was found.
   *
   * @param candidates that were written
   * @param samples that a read_committed reader found
   * @param doubled samples that were there already
   * @param foreign samples that are no candidate, byte for byte
   * @param frames samples with a frame, which the policy keeps at the site
   * @param overBudget minutes, hours, days, devices and classes that have more than they may
   * @param fullMinutes minutes that have all the samples they may, so that their budget was tried
   * @param heavyMinutes minutes whose bytes have no room for another sample
   * @param fullHours hours that have all the samples they may
   * @param fullDays days likewise
   */
  record Report(
      long candidates,
      long samples,
      long doubled,
      long foreign,
      long frames,
      long overBudget,
      long fullMinutes,
      long heavyMinutes,
      long fullHours,
      long fullDays) {

    boolean holds() {
      return samples > 0
          && doubled == 0
          && foreign == 0
          && frames == 0
          && overBudget == 0
          && fullMinutes + heavyMinutes > 0;
    }
  }

  BudgetCheck(BudgetLimits limits) {
    this.limits = limits;
  }

  Report of(String bootstrapServers) {
    try (TopicReader reader = new TopicReader(bootstrapServers)) {
      read(reader, Topics.RETRAINING_CANDIDATES, this::candidate);
      read(reader, Topics.RETRAINING_SAMPLES, this::sample);
    }
    long over =
        over(records, "minute", limits.perMinute())
            + over(bytes, "minute", limits.bytesPerMinute())
            + over(records, "hour", limits.perHour())
            + over(records, "day", limits.perDay())
            + over(records, "device", limits.perDeviceAndHour())
            + over(records, "class", limits.perClassAndHour());
    return new Report(
        candidates.size(),
        samples.size(),
        doubled,
        foreign,
        frames,
        over,
        full("minute", limits.perMinute()),
        over(bytes, "minute", limits.bytesPerMinute() - SAMPLE_BYTES),
        full("hour", limits.perHour()),
        full("day", limits.perDay()));
  }

  private static void read(
      TopicReader reader, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    reader.readToEnd(
        reader.partitions(List.of(topic.name())).stream()
            .collect(Collectors.toMap(partition -> partition, partition -> 0L)),
        each);
  }

  private void candidate(ConsumerRecord<byte[], byte[]> record) {
    RetrainingSample candidate = decoder.deserialize(record.topic(), record.value());
    candidates.put(
        candidate.getSampleId(),
        new Candidate(record.timestamp(), Arrays.hashCode(record.value())));
  }

  private void sample(ConsumerRecord<byte[], byte[]> record) {
    RetrainingSample sample = decoder.deserialize(record.topic(), record.value());
    Candidate candidate = candidates.get(sample.getSampleId());
    if (!samples.add(sample.getSampleId())) {
      doubled++;
    } else if (candidate == null || candidate.hash() != Arrays.hashCode(record.value())) {
      foreign++;
    } else {
      frames += sample.getTelemetry().getPayload() instanceof Frame ? 1 : 0;
      spend(sample, candidate.timeMillis(), record.value().length);
    }
  }

  private void spend(RetrainingSample sample, long timeMillis, long value) {
    long hour = timeMillis / Duration.ofHours(1).toMillis();
    String minute = "minute " + timeMillis / Duration.ofMinutes(1).toMillis();
    records.merge(minute, 1L, Long::sum);
    bytes.merge(minute, value, Long::sum);
    records.merge("hour " + hour, 1L, Long::sum);
    records.merge("day " + timeMillis / Duration.ofDays(1).toMillis(), 1L, Long::sum);
    records.merge("device " + hour + sample.getDetection().getDeviceId(), 1L, Long::sum);
    records.merge("class " + hour + sample.getDetection().getLabel(), 1L, Long::sum);
  }

  private static long over(Map<String, Long> spent, String kind, long limit) {
    return spent.entrySet().stream()
        .filter(each -> each.getKey().startsWith(kind + " ") && each.getValue() > limit)
        .count();
  }

  private long full(String kind, long limit) {
    return records.entrySet().stream()
        .filter(each -> each.getKey().startsWith(kind + " ") && each.getValue() == limit)
        .count();
  }
}
