package dev.skerry.inference.release;

import dev.skerry.inference.canary.Comparison;
import dev.skerry.inference.canary.ComparisonFigures;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.ModelStep;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a site have seen of canaries beside champions, added up: each says from
 * time to time what it has seen in all, and what it says last holds. What was seen beside another
 * champion than the one that serves counts for nothing. Used by one thread.
 */
final class SharedEvidence implements AutoCloseable {

  private static final Duration TELL_EVERY = Duration.ofSeconds(2);

  private final ReleaseSite site;
  private final Supplier<Producer<byte[], byte[]>> newProducer;
  private final AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
  private final AvroEncoder<ModelStatus> encoder = new AvroEncoder<>(ModelStatus.class);
  private final Map<Source, Seen> elsewhere = new HashMap<>();
  private final Map<ReleaseId, Seen> told = new HashMap<>();
  private final Map<ReleaseId, Long> toldAtMillis = new HashMap<>();
  private @Nullable Producer<byte[], byte[]> producer;

  /** Another process and the canary that it saw. */
  private record Source(String instance, ReleaseId canary) {}

  /** Beside which champion; empty where an older process did not say, which counts for nothing. */
  private record Seen(Optional<String> championVersion, Comparison comparison) {

    boolean isBeside(ReleaseId champion) {
      return championVersion.filter(champion.version()::equals).isPresent();
    }
  }

  /**
   * Nothing yet.
   *
   * @param newProducer makes an idempotent producer, when there is something to say
   */
  SharedEvidence(ReleaseSite site, Supplier<Producer<byte[], byte[]>> newProducer) {
    this.site = site;
    this.newProducer = newProducer;
  }

  /** Takes in a record of {@code canary-evidence}, of whichever process. */
  void accept(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null
        && decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> decoded) {
      ModelStatus said = decoded.value();
      boolean isOurs = said.getDecidedBy().equals(site.instance());
      if (said.getSiteId().equals(site.siteId()) && !isOurs) {
        ReleaseId canary = new ReleaseId(said.getModel(), said.getModelVersion());
        elsewhere.put(
            new Source(said.getDecidedBy(), canary),
            new Seen(
                Optional.ofNullable(said.getChampionVersion()),
                ComparisonFigures.read(said.getEvidence())));
      }
    }
  }

  /** What all other processes have seen of a canary beside this champion. */
  Comparison elsewhere(ReleaseId canary, ReleaseId champion) {
    return elsewhere.entrySet().stream()
        .filter(entry -> entry.getKey().canary().equals(canary))
        .map(Map.Entry::getValue)
        .filter(seen -> seen.isBeside(champion))
        .map(Seen::comparison)
        .reduce(Comparison.NONE, Comparison::plus);
  }

  /** Says what this process has seen, where that is news and it is time to. */
  void tell(ReleaseId canary, ReleaseId champion, String stream, Comparison seen) {
    Optional<String> championVersion = Optional.of(champion.version());
    Seen now = new Seen(championVersion, seen);
    Seen nothing = new Seen(championVersion, Comparison.NONE);
    long nowMillis = site.clock().millis();
    long last = toldAtMillis.getOrDefault(canary, 0L);
    if (now.equals(told.getOrDefault(canary, nothing))
        || Math.abs(nowMillis - last) < TELL_EVERY.toMillis()) {
      return;
    }
    send(
        ModelStatus.newBuilder()
            .setSiteId(site.siteId())
            .setModel(canary.model())
            .setStream(stream)
            .setStep(ModelStep.CANARIED)
            .setModelVersion(canary.version())
            .setReason("What this process has seen of it")
            .setChampionVersion(champion.version())
            .setCanaryVersion(canary.version())
            .setEvidence(ComparisonFigures.of(seen))
            .setDecidedBy(site.instance())
            .setChangedAt(Instant.ofEpochMilli(nowMillis))
            .build());
    told.put(canary, now);
    toldAtMillis.put(canary, nowMillis);
  }

  private void send(ModelStatus seen) {
    String key = String.join("/", seen.getModel(), seen.getModelVersion(), seen.getDecidedBy());
    Producer<byte[], byte[]> open = producer == null ? newProducer.get() : producer;
    producer = open;
    try {
      open.send(
              new ProducerRecord<>(
                  Topics.CANARY_EVIDENCE.name(),
                  key.getBytes(StandardCharsets.UTF_8),
                  encoder.encode(seen)))
          .get();
    } catch (ExecutionException e) {
      throw new KafkaException("What was seen of a canary could not be written", e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
