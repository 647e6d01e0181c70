package dev.skerry.aggregator.answers;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link AnswerLedger}: reads the answers, looks now and then how far the groups are, and
 * gives out what it finds. Its state and the positions that it stands for are kept in one file;
 * where that is lost, counting begins anew, and says from where by its first offsets.
 */
final class AnswerService implements Service {

  private static final Logger log = LoggerFactory.getLogger(AnswerService.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STALLED_AFTER = Duration.ofMinutes(1);

  private final AnswerClients clients;
  private final AnswerReader reader;
  private final AnswerMetrics metrics;
  private final String siteId;
  private final Path file;
  private final Duration interval;
  private final Duration reportEvery;
  private final Clock clock;
  private final AvroEncoder<AnswerKey> keys = new AvroEncoder<>(AnswerKey.class);
  private final AvroEncoder<AnswerEntry> entries = new AvroEncoder<>(AnswerEntry.class);
  private final Map<TopicPartition, Long> waitsAt = new HashMap<>();
  private AnswerLedger ledger = new AnswerLedger(List.of());
  private Barrier barrier = new Barrier();
  private Map<TopicPartition, Finding> reported = new HashMap<>();
  private long nextReportMillis;
  private volatile long polledAtMillis;
  private volatile boolean begun;
  private volatile boolean stopping;

  AnswerService(
      AnswerClients clients,
      AnswerReader reader,
      AnswerMetrics metrics,
      String siteId,
      Path file,
      Duration interval,
      Duration reportEvery,
      Clock clock) {
    this.clients = clients;
    this.reader = reader;
    this.metrics = metrics;
    this.siteId = siteId;
    this.file = file;
    this.interval = interval;
    this.reportEvery = reportEvery;
    this.clock = clock;
    this.polledAtMillis = clock.millis();
  }

  @Override
  public void run() throws IOException, InterruptedException, ExecutionException {
    begin();
    begun = true;
    long nextRoundMillis = clock.millis();
    while (!stopping) {
      read();
      if (clock.millis() >= nextRoundMillis) {
        ask();
        nextRoundMillis = clock.millis() + interval.toMillis();
      }
      Optional<Map<TopicPartition, Long>> passed = barrier.passed(clients.positions());
      if (passed.isPresent()) {
        ledger.settle(passed.get(), clients.telemetry());
        give();
      }
    }
    give();
  }

  private void begin() throws IOException, InterruptedException, ExecutionException {
    Optional<Snapshot> kept = Snapshot.read(file);
    if (kept.isPresent()) {
      ledger = new AnswerLedger(kept.get().pages().stream().map(Page::new).toList());
      Map<TopicPartition, Long> positions = clients.answerBegins();
      positions.putAll(kept.get().positionByPartition());
      clients.readFrom(positions); // What the file does not know had no answers when it was kept.
    } else {
      beginAnew();
    }
  }

  /**
   * From the first telemetry where every answer that was ever given is still there; else from where
   * the groups are. Then ends come before offsets: an answer that is not read is to a record below.
   */
  private void beginAnew() throws IOException, InterruptedException, ExecutionException {
    Map<TopicPartition, Long> begins = clients.telemetryBegins();
    Map<TopicPartition, Long> from = clients.answerBegins();
    if (from.values().stream().anyMatch(begin -> begin > 0)) {
      from = clients.answerEnds();
      begins.putAll(clients.committed());
    }
    List<Page> pages = new ArrayList<>();
    begins.forEach((source, offset) -> pages.add(new Page(source, offset)));
    ledger = new AnswerLedger(pages);
    barrier = new Barrier();
    reported = new HashMap<>();
    clients.readFrom(from);
    keep();
    log.info("Counting the answers to telemetry from {}", begins);
  }

  private void read() throws IOException, InterruptedException, ExecutionException {
    try {
      ConsumerRecords<byte[], byte[]> polled = clients.poll(POLL);
      for (TopicPartition partition : polled.partitions()) {
        read(partition, polled.records(partition));
      }
    } catch (InvalidOffsetException e) {
      log.error("Retention took answers before they were counted; counting begins anew", e);
      beginAnew();
    }
    polledAtMillis = clock.millis();
  }

  /** Up to a record that cannot be read yet, if there is one: the partition waits there. */
  private void read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      AnswerReader.Outcome outcome = reader.read(record, ledger::answered);
      if (outcome instanceof AnswerReader.NotYetReadable waiting) {
        if (!Objects.equals(waitsAt.put(partition, record.offset()), record.offset())) {
          log.warn(
              "{} waits at offset {} and is tried again until it can be read: {}",
              partition,
              record.offset(),
              waiting.detail());
        }
        clients.waitAt(partition, record.offset());
        return;
      }
      if (outcome instanceof AnswerReader.Unreadable) {
        metrics.unreadable();
      }
    }
    waitsAt.remove(partition);
  }

  private void ask() throws InterruptedException {
    clients.goOn();
    try {
      if (barrier.wantsCommitted()) {
        barrier.committed(clients.committed());
      } else if (barrier.wantsEnds()) {
        Map<TopicPartition, Long> ends = clients.answerEnds();
        clients.readToo(ends.keySet());
        barrier.ends(ends);
      }
    } catch (ExecutionException | KafkaException e) {
      // A broker that is away is asked again in the next round; reading waits for it too.
      log.debug("How far the groups are cannot be read", e);
    }
  }

  /** Gives findings first, then keeps the state that they are part of: twice is harmless. */
  private void give() throws IOException, InterruptedException, ExecutionException {
    long nowMillis = clock.millis();
    List<Finding> found = ledger.takeFindings();
    List<Finding> given = new ArrayList<>(found);
    if (nowMillis >= nextReportMillis || !found.isEmpty() || stopping) {
      for (Finding complete : ledger.complete()) {
        if (!complete.equals(reported.put(complete.source(), complete))) {
          given.add(complete);
        }
      }
      nextReportMillis = nowMillis + reportEvery.toMillis();
    }
    List<Future<RecordMetadata>> acknowledgements =
        given.stream().map(finding -> clients.send(record(finding, nowMillis))).toList();
    for (Future<RecordMetadata> acknowledgement : acknowledgements) {
      acknowledgement.get();
    }
    metrics.update(ledger, found);
    keep();
  }

  private void keep() throws IOException {
    Snapshot.of(clients.positions(), ledger.state()).write(file);
  }

  private ProducerRecord<byte[], byte[]> record(Finding finding, long nowMillis) {
    return new ProducerRecord<>(
        Topics.ANSWER_LEDGER.name(),
        keys.encode(finding.key(siteId)),
        entries.encode(finding.entry(siteId, nowMillis)));
  }

  /** Says so until it knows where to count from. */
  Optional<String> notBegun() {
    return begun ? Optional.empty() : Optional.of("it is not known yet where to count from");
  }

  /** Says so where nothing was polled for a minute. */
  Optional<String> stalled() {
    long stillMillis = clock.millis() - polledAtMillis;
    return stillMillis < STALLED_AFTER.toMillis()
        ? Optional.empty()
        : Optional.of("no answers were read for %d s".formatted(stillMillis / 1000));
  }

  @Override
  public void stop() {
    stopping = true;
  }

  @Override
  public void close() {
    clients.close();
  }
}
