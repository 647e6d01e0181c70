package dev.skerry.inference;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.metrics.Tally;
import dev.skerry.inference.position.Positions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One worker, from telemetry to answers: poll, decode, score, encode, send, commit. A poll is the
 * micro-batch: what waited while the last one was worked on. All that answers it, and the offsets
 * that say so, commit in one transaction, or nothing does and it is polled again.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} may be called by any. Workers share nothing
 * but the models.
 */
final class InferenceWorker {

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final Transactions transactions;
  private final Positions positions;
  private final Slice slice;
  private final Answers answers;
  private final InferenceMetrics metrics;
  private final Progress progress;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private volatile boolean stopping;

  InferenceWorker(
      Consumer<byte[], byte[]> consumer,
      Producer<byte[], byte[]> producer,
      Slice slice,
      Answers answers,
      InferenceMetrics metrics,
      Progress progress,
      InstantSource clock) {
    this.consumer = consumer;
    this.producer = producer;
    this.transactions = new Transactions(producer, () -> stopping);
    this.positions = new Positions(consumer, metrics);
    this.slice = slice;
    this.answers = answers;
    this.metrics = metrics;
    this.progress = progress;
    this.clock = clock;
  }

  /** Answers telemetry until it is told to stop; throws the reason when it cannot go on. */
  void run(List<String> topics) {
    transactions.init();
    consumer.subscribe(topics);
    while (!stopping) {
      ConsumerRecords<byte[], byte[]> polled = poll();
      if (!polled.isEmpty()) {
        progress.polled();
        answerOnce(polled);
      }
    }
  }

  /** Lets {@link #run} finish the poll in hand and return. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (NoOffsetForPartitionException e) {
      positions.startAtBeginning(e);
    } catch (OffsetOutOfRangeException e) {
      positions.leaveGap(e);
    } catch (WakeupException e) {
      stopping = true; // The only one who wakes the consumer is stop().
    }
    return ConsumerRecords.empty();
  }

  private void answerOnce(ConsumerRecords<byte[], byte[]> polled) {
    tally.clear();
    try {
      transactions.begin();
      answer(polled);
      long start = System.nanoTime();
      producer.sendOffsetsToTransaction(polled.nextOffsets(), consumer.groupMetadata());
      transactions.commit();
      metrics.committed(tally, System.nanoTime() - start);
      progress.committed();
    } catch (KafkaException e) {
      transactions.abort(e);
      positions.rewind(polled);
      metrics.aborted();
    }
  }

  private void answer(ConsumerRecords<byte[], byte[]> polled) {
    long polledAtMillis = clock.millis();
    long start = System.nanoTime();
    slice.clear();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (slice.isFull()) {
        answerSlice(start);
        start = System.nanoTime();
      }
      slice.add(record);
      metrics.queued(record.timestamp(), polledAtMillis);
    }
    answerSlice(start);
  }

  private void answerSlice(long startNanos) {
    long decoded = System.nanoTime();
    slice.score();
    long scored = System.nanoTime();
    long nowMillis = clock.millis();
    slice.rows().forEach(row -> answers.write(row, nowMillis, this::send));
    tally.add(slice);
    slice.clear();
    metrics.answered(decoded - startNanos, scored - decoded, System.nanoTime() - scored);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent fails the commit.
  private void send(ProducerRecord<byte[], byte[]> answer) {
    producer.send(answer);
  }
}
