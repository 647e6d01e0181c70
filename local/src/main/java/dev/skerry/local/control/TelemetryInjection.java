package dev.skerry.local.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.simulate.Fault;
import dev.skerry.ingest.simulate.FaultSchedule;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.VibrationFleet;
import dev.skerry.local.topic.Broker;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes telemetry beside that of the site's own source: a record that is broken, or for half a
 * minute that of a machine with a fault. Thread-safe.
 */
public final class TelemetryInjection implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TelemetryInjection.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final int WINDOWS = 60;
  private static final int SEND_SECONDS = 10;
  private static final double SEVERE = 0.8;
  private static final String MACHINE = "broken-machine-";

  private final String siteId;
  private final InstantSource clock;
  private final BrokenTelemetry broken;
  private final AtomicInteger machines = new AtomicInteger();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "injection");
            thread.setDaemon(true);
            return thread;
          });
  private final Queue<Future<?>> pending = new ConcurrentLinkedQueue<>();
  private final KafkaProducer<byte[], byte[]> producer;

  /** For the broker of a site. */
  public TelemetryInjection(Broker broker, String siteId, InstantSource clock) {
    this.siteId = siteId;
    this.clock = clock;
    this.broken = new BrokenTelemetry(siteId, clock);
    this.producer =
        new KafkaProducer<>(
            broker.client(
                Map.of(
                    "client.id", "skerry-injection",
                    "max.block.ms", "5000",
                    "delivery.timeout.ms", "10000",
                    "request.timeout.ms", "5000")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes a record that nothing can answer and says what is wrong with it. */
  public String malformed() throws InterruptedException {
    BrokenTelemetry.Broken record = broken.next();
    try {
      producer.send(record(BrokenTelemetry.DEVICE, record.value().array())).get();
      return "A record was sent " + record.what() + "; it becomes a dead letter";
    } catch (ExecutionException | KafkaException e) {
      throw new OrderRefusedException("The record could not be sent: " + e.getMessage(), e);
    }
  }

  /** Begins with a machine that has a fault, and says which. */
  public String fault() {
    int number = machines.getAndIncrement();
    List<Fault> defects = Fault.DEFECTS;
    Fault fault = defects.get(number % defects.size());
    String machine = MACHINE + (number + 1);
    var windows =
        new VibrationFleet(
                number,
                Population.HELD_OUT,
                1,
                FaultSchedule.always(fault, SEVERE),
                siteId,
                clock.instant(),
                INTERVAL,
                WINDOWS)
            .iterator();
    AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
    for (int window = 0; window < WINDOWS; window++) {
      pending.add(
          executor.schedule(
              () -> {
                Telemetry telemetry = windows.next();
                telemetry.setDeviceId(machine);
                telemetry.setEventTime(clock.instant());
                send(record(machine, encoder.encode(telemetry)));
              },
              window * INTERVAL.toMillis(),
              TimeUnit.MILLISECONDS));
    }
    pending.removeIf(Future::isDone);
    return "%s has %s for %d seconds"
        .formatted(machine, fault.label(), WINDOWS * INTERVAL.toMillis() / 1_000);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get(SEND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.warn("A window of a broken machine is lost: {}", e.getMessage());
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String device, byte[] value) {
    return new ProducerRecord<>(Topics.TELEMETRY.name(), device.getBytes(UTF_8), value);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    producer.close(Duration.ofSeconds(5));
  }
}
