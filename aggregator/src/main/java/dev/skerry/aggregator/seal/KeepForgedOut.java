package dev.skerry.aggregator.seal;

import dev.skerry.schemas.seal.SealCheck;
import dev.skerry.schemas.seal.SealCheck.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts forged records and forwards the others. The log has the first of them and then one a
 * minute: how many there are is the forger's to say.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class KeepForgedOut implements FixedKeyProcessor<byte[], byte[], byte[]> {

  private static final Logger log = LoggerFactory.getLogger(KeepForgedOut.class);
  private static final long SAY_SO_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  private final SealCheck check;
  private final MeterRegistry registry;
  private FixedKeyProcessorContext<byte[], byte[]> context;
  private long saidNanos = System.nanoTime() - SAY_SO_EVERY_NANOS;

  KeepForgedOut(SealCheck check, MeterRegistry registry) {
    this.check = check;
    this.registry = registry;
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], byte[]> initial) {
    context = initial;
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> record) {
    String topic = context.recordMetadata().orElseThrow().topic();
    Verdict verdict = check.check(topic, record.headers(), record.key(), record.value());
    if (verdict instanceof Verdict.Forged forged) {
      keepOut(topic, forged);
    } else {
      SealCheck.strip(record.headers()); // It says nothing of what becomes of the record here.
      context.forward(record);
    }
  }

  private void keepOut(String topic, Verdict.Forged forged) {
    // Not by site: that name is the forger's to choose, and each would be a series of its own.
    Counter.builder("skerry.forged.records")
        .description("Records that bear the name of a site that did not seal them")
        .tag("topic", topic)
        .tag("reason", forged.reason().name())
        .register(registry)
        .increment();
    if (System.nanoTime() - saidNanos >= SAY_SO_EVERY_NANOS) {
      saidNanos = System.nanoTime();
      log.warn(
          "A record of {} bears the name of the site {} and is not its own ({}); it is kept out."
              + " skerry_forged_records_total counts them",
          topic,
          forged.site(),
          forged.reason());
    }
  }
}
