package dev.skerry.inference;

import dev.skerry.inference.answer.Answers;
import dev.skerry.inference.batch.BrokenChampionException;
import dev.skerry.inference.batch.Diversion;
import dev.skerry.inference.batch.RoundLimit;
import dev.skerry.inference.batch.Row;
import dev.skerry.inference.batch.Slice;
import dev.skerry.inference.decode.Reading;
import dev.skerry.inference.delivery.Delivery;
import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.metrics.InferenceMetrics;
import dev.skerry.inference.metrics.Progress;
import dev.skerry.inference.metrics.Tally;
import dev.skerry.inference.position.KeyPlacement;
import dev.skerry.inference.position.Parking;
import dev.skerry.inference.position.Polled;
import dev.skerry.inference.position.Positions;
import dev.skerry.service.trace.Traces;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One worker, from telemetry to answers: poll, decode, score, encode, send, commit. A poll is the
 * micro-batch: what waited while the last one was worked on. It is answered in one round, or in
 * several where a latency target asks for smaller ones. All that answers a round, and the offsets
 * that say so, are committed, or the round is rolled back and polled again.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} may be called by any. Workers share nothing
 * but the models.
 */
final class InferenceWorker {

  private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

  /** A stop must not wait for a model. */
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** How long another model may take to be ready in the place of one that broke. */
  private static final Duration REPLACEMENT = Duration.ofSeconds(30);

  private final Consumer<byte[], ByteBuffer> consumer;
  private final Delivery delivery;
  private final Positions positions;
  private final KeyPlacement placement;
  private final Parking parking;
  private final RoundLimit limit;
  private final Diversion diversion;
  private final CurrentLineup.Seat seat;
  private final Slice slice;
  private final Answers answers;
  private final InferenceMetrics metrics;
  private final Traces traces;
  private final Progress progress;
  private final StopSignal stopping;
  private final InstantSource clock;
  private final Tally tally = new Tally();
  private long polledAtMillis;

  InferenceWorker(
      Consumer<byte[], ByteBuffer> consumer,
      Delivery delivery,
      RoundLimit limit,
      Diversion diversion,
      CurrentLineup.Seat seat,
      Slice slice,
      Answers answers,
      InferenceMetrics metrics,
      Traces traces,
      Progress progress,
      StopSignal stopping,
      InstantSource clock) {
    this.consumer = consumer;
    this.delivery = delivery;
    this.positions = new Positions(consumer, metrics);
    this.placement = new KeyPlacement(consumer, metrics);
    this.parking = new Parking(consumer, metrics, clock);
    this.limit = limit;
    this.diversion = diversion;
    this.seat = seat;
    this.slice = slice;
    this.answers = answers;
    this.metrics = metrics;
    this.traces = traces;
    this.progress = progress;
    this.stopping = stopping;
    this.clock = clock;
  }

  /** Answers telemetry until it is told to stop; throws the reason when it cannot go on. */
  void run(List<String> topics) {
    delivery.init();
    consumer.subscribe(topics);
    while (!stopping.isGiven()) {
      parking.resumeDue();
      followLineup();
      ConsumerRecords<byte[], ByteBuffer> records = poll();
      if (!records.isEmpty()) {
        answer(new Polled(records));
      }
      diversion.answered();
    }
    parking.clear();
  }

  /** Lets {@link #run} finish the round in hand and return. */
  void stop() {
    stopping.give();
    consumer.wakeup();
  }

  private ConsumerRecords<byte[], ByteBuffer> poll() {
    try {
      return consumer.poll(POLL_TIMEOUT);
    } catch (NoOffsetForPartitionException e) {
      positions.startAtBeginning(e);
    } catch (OffsetOutOfRangeException e) {
      leaveGap(e);
    } catch (WakeupException e) {
      stopping.give(); // The only one who wakes the consumer is stop().
    }
    return ConsumerRecords.empty();
  }

  private void leaveGap(OffsetOutOfRangeException gone) {
    try {
      positions.leaveGap(gone);
    } catch (WakeupException e) {
      stopping.give();
    }
  }

  private void answer(Polled polled) {
    progress.polled();
    polledAtMillis = clock.millis();
    polled.oldestByPartition(
        record -> {
          metrics.queued(record.timestamp(), polledAtMillis);
          placement.look(record);
          diversion.polled(record, polledAtMillis);
        });
    boolean committed = true;
    while (committed && polled.hasNext() && !stopping.isGiven()) {
      committed = answerRound(polled);
    }
    if (committed) {
      progress.committed();
    }
  }

  /** Between two rounds, so that a round is answered, or done again, by one lineup. */
  private void followLineup() {
    if (seat.isOutdated()) {
      slice.clear();
      slice.serve(seat.take());
      answers.keep(slice.batches());
    }
  }

  private boolean answerRound(Polled polled) {
    followLineup();
    long start = System.nanoTime();
    tally.clear();
    slice.clear();
    slice.forgetTrials();
    answers.clear();
    try {
      delivery.begin();
      int records = answer(polled, limit.records(polled.waitedMillis(clock.millis())));
      commit(polled);
      limit.observe(records, (double) (System.nanoTime() - start));
      return true;
    } catch (KafkaException e) {
      delivery.rollBack(e);
      positions.rewind(polled);
      metrics.aborted();
      return false;
    } catch (BrokenChampionException e) {
      delivery.rollBack(new KafkaException(e.getMessage(), e));
      awaitAnother(e);
      positions.rewind(polled);
      metrics.aborted();
      return false;
    } catch (RuntimeException e) {
      delivery.abandon(e);
      throw e;
    }
  }

  /** Throws the failure where no other model is to come, or none came. */
  private void awaitAnother(BrokenChampionException e) {
    boolean isNewer = false;
    if (seat.hasBroken(e.model(), String.valueOf(e.getMessage()))) {
      long deadlineNanos = System.nanoTime() + REPLACEMENT.toNanos();
      try {
        while (!isNewer && !stopping.isGiven() && deadlineNanos - System.nanoTime() > 0) {
          isNewer = seat.awaitNewer(GLANCE);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        e.addSuppressed(interrupted);
      }
    }
    if (!isNewer && !stopping.isGiven()) {
      throw e;
    }
  }

  private int answer(Polled polled, int mostRecords) {
    long start = System.nanoTime();
    int taken = 0;
    while (taken < mostRecords && polled.hasNext()) {
      if (slice.isFull()) {
        answerSlice(start);
        start = System.nanoTime();
      }
      ConsumerRecord<byte[], ByteBuffer> record = polled.next();
      Optional<Reading.NotYetReadable> waiting = slice.add(record);
      if (waiting.isPresent()) {
        polled.leaveLast();
        parking.park(record, waiting.get().detail());
      } else {
        taken++;
      }
    }
    answerSlice(start);
    return taken;
  }

  private void answerSlice(long startNanos) {
    long decoded = System.nanoTime();
    slice.score();
    long scored = System.nanoTime();
    long nowMillis = clock.millis();
    java.util.function.Consumer<ProducerRecord<byte[], byte[]>> out = delivery::send;
    for (int i = 0; i < slice.size(); i++) {
      Row row = slice.row(i);
      answers.write(row, nowMillis, traces.answers(row.source(), polledAtMillis, out));
    }
    answers.writeIgnored(nowMillis, out);
    tally.add(slice);
    slice.clear();
    metrics.answered(decoded - startNanos, System.nanoTime() - scored);
  }

  private void commit(Polled polled) {
    long start = System.nanoTime();
    Map<TopicPartition, OffsetAndMetadata> reached = polled.reached();
    delivery.commit(reached);
    polled.committed();
    parking.passed(reached);
    slice.settleTrials();
    metrics.committed(tally, System.nanoTime() - start);
  }
}
