package dev.skerry.ingest.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.intake.Receipt.AlreadyStored;
import dev.skerry.ingest.intake.Receipt.Busy;
import dev.skerry.ingest.intake.Receipt.Refused;
import dev.skerry.ingest.intake.Receipt.Stored;
import dev.skerry.ingest.intake.Shards.Shard;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The way in: check, recognise, write, answer when Kafka has acknowledged. Memory is bounded: what
 * waits for Kafka takes room, and where there is none the sender is told to come again.
 */
public final class TelemetryIntake implements Intake {

  /** The largest record that is taken; with Kafka's own bytes around it, it fits the topics. */
  public static final int MAX_RECORD_BYTES = Topics.MAX_TELEMETRY_BYTES - (16 << 10);

  private static final Duration COME_AGAIN = Duration.ofSeconds(1);

  /** What a pending message costs besides its bytes: the objects that wait for its answer. */
  private static final int PENDING_OVERHEAD_BYTES = 1024;

  private static final long LOOK_MILLIS = 10;

  private final Sanity sanity;
  private final Rules rules;
  private final RecordWriter writer;
  private final DeadLetters deadLetters;
  private final Room room;
  private final Shards shards;
  private final IntakeMetrics metrics;
  private final InstantSource clock;
  private volatile boolean open;

  /**
   * Takes nothing until it is opened.
   *
   * @param siteId the site whose devices send here
   * @param limits how much is held and remembered
   */
  public TelemetryIntake(
      String siteId,
      Rules rules,
      RecordWriter writer,
      Limits limits,
      MeterRegistry registry,
      InstantSource clock) {
    this.sanity = new Sanity(siteId);
    this.rules = rules;
    this.writer = writer;
    this.deadLetters = new DeadLetters(siteId);
    this.room = new Room(limits.pendingBytes());
    this.shards = new Shards(limits.identities(), limits.lanes(), clock);
    this.metrics = new IntakeMetrics(registry);
    this.clock = clock;
    metrics.watch(registry, room, shards);
  }

  /**
   * How much is held and remembered.
   *
   * @param pendingBytes of messages that wait for Kafka, all together
   * @param identities of messages whose resends are recognised
   * @param lanes devices and streams whose last sequence is known
   */
  public record Limits(long pendingBytes, int identities, int lanes) {}

  /** Remembers a message that is in a topic already. Before {@link #open}, by one thread. */
  void remember(SequenceKey key, long hash) {
    Shard shard = shards.of(key.deviceId());
    synchronized (shard) {
      shard.window.found(key, hash);
      boolean unusedLate = shard.lanes.pass(key);
    }
  }

  /** Takes messages from now on. */
  public void open() {
    open = true;
  }

  /** Takes no more messages; what was taken is still answered. */
  public void shut() {
    open = false;
  }

  /** Waits until everything that was taken is answered, so long at most. */
  public void awaitAnswered(Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (room.taken() > 0 && System.nanoTime() < deadlineNanos) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public CompletionStage<Receipt> accept(Arrival arrival) {
    if (!open) {
      return closed();
    }
    Telemetry telemetry = arrival.message().telemetry();
    Instant now = clock.instant();
    if (!arrival.message().timed()) {
      telemetry.setEventTime(now);
    }
    Optional<Finding> wrong =
        sanity.check(arrival.sender(), telemetry).or(() -> againstRules(telemetry, now));
    return wrong.isPresent() ? refuse(arrival, wrong.get(), now) : take(arrival, now);
  }

  private Optional<Finding> againstRules(Telemetry telemetry, Instant now) {
    Optional<Rules.Violation> violation = rules.check(telemetry, now);
    if (violation.isPresent() && !violation.get().enforced()) {
      metrics.tolerated(violation.get().finding().reason());
      return Optional.empty();
    }
    return violation.map(Rules.Violation::finding);
  }

  private CompletionStage<Receipt> take(Arrival arrival, Instant now) {
    Telemetry telemetry = arrival.message().telemetry();
    Topic topic =
        telemetry.getPayload() instanceof Frame ? Topics.TELEMETRY_FRAMES : Topics.TELEMETRY;
    Shard shard = shards.of(telemetry.getDeviceId());
    if (!arrival.message().sequenced()) {
      metrics.unsequenced();
      synchronized (shard) {
        telemetry.setSequence(shard.lanes.next(SequenceKey.of(topic, telemetry)));
        Prepared prepared = Prepared.of(arrival.message());
        return isTooLarge(prepared)
            ? refuse(arrival, tooLarge(prepared), now)
            : write(
                shard, new Write(arrival.via(), topic, SequenceKey.of(topic, telemetry), prepared));
      }
    }
    Prepared prepared = Prepared.of(arrival.message());
    if (isTooLarge(prepared)) {
      return refuse(arrival, tooLarge(prepared), now);
    }
    Write write = new Write(arrival.via(), topic, SequenceKey.of(topic, telemetry), prepared);
    synchronized (shard) {
      return shard
          .window
          .outcome(write.key, prepared.hash())
          .map(outcome -> again(outcome, arrival.via()))
          .orElseGet(() -> write(shard, write));
    }
  }

  /** A resend gets the answer of the first, when that is there. */
  private CompletionStage<Receipt> again(CompletableFuture<Receipt> outcome, Via via) {
    if (!outcome.isDone()) {
      if (!room.take(PENDING_OVERHEAD_BYTES)) {
        return busy("Too much waits for Kafka; send it again");
      }
      outcome = outcome.whenComplete((receipt, none) -> room.give(PENDING_OVERHEAD_BYTES));
    }
    return outcome.thenApply(
        receipt -> {
          if (receipt instanceof Stored || receipt instanceof AlreadyStored) {
            metrics.duplicate(via);
            return new AlreadyStored();
          }
          return receipt;
        });
  }

  /** Within the shard's lock. */
  private CompletionStage<Receipt> write(Shard shard, Write write) {
    if (!room.take(write.bytes())) {
      return busy("Too much waits for Kafka; send it again");
    }
    if (shard.window.hasSequence(write.key)) {
      metrics.sequenceReused();
    } else if (shard.lanes.pass(write.key)) {
      metrics.sequenceLate();
    }
    shard.window.begin(write.key, write.hash(), write.answer);
    writer.write(
        write.topic.name(),
        write.keyBytes,
        write.prepared.value(),
        write.prepared.headers(),
        write);
    return write.answer;
  }

  private CompletionStage<Receipt> closed() {
    return busy("The gateway does not take messages yet, or any more; send it again");
  }

  private CompletionStage<Receipt> busy(String detail) {
    metrics.busy();
    return CompletableFuture.completedFuture(new Busy(COME_AGAIN, detail));
  }

  private static boolean isTooLarge(Prepared prepared) {
    return prepared.value().length > MAX_RECORD_BYTES;
  }

  private static Finding tooLarge(Prepared prepared) {
    return new Finding(
        RefusalReason.TOO_LARGE,
        "",
        "The record has %d bytes, of which %d may be; send less at a time"
            .formatted(prepared.value().length, MAX_RECORD_BYTES));
  }

  /** What is known who sent it is kept; a message in another's name is not worth it. */
  private CompletionStage<Receipt> refuse(Arrival arrival, Finding finding, Instant now) {
    if (finding.reason() == RefusalReason.NOT_YOURS) {
      metrics.refused(finding.reason());
      return CompletableFuture.completedFuture(refused(finding, /* kept= */ false));
    }
    SequenceKey key = SequenceKey.of(Topics.DEAD_LETTERS, arrival.message().telemetry());
    long hash = PayloadHash.of(arrival.message().original().copy());
    return keep(arrival.via(), key, hash, finding, () -> deadLetters.encode(arrival, finding, now));
  }

  @Override
  public CompletionStage<Receipt> keep(Unread unread) {
    if (!open) {
      return closed();
    }
    Instant now = clock.instant();
    long hash = PayloadHash.of(unread.original().copy());
    // It has no sequence that could be read: its bytes alone tell it from others.
    SequenceKey key =
        new SequenceKey(Topics.DEAD_LETTERS.name(), unread.deviceId(), unread.stream(), 0, hash);
    return keep(unread.via(), key, hash, unread.finding(), () -> deadLetters.encode(unread, now));
  }

  private CompletionStage<Receipt> keep(
      Via via, SequenceKey key, long hash, Finding finding, Supplier<byte[]> letter) {
    Refused refused = refused(finding, /* kept= */ true);
    Shard shard = shards.of(key.deviceId());
    synchronized (shard) {
      Optional<CompletableFuture<Receipt>> before = shard.window.outcome(key, hash);
      if (before.isPresent()) {
        metrics.refused(finding.reason());
        return again(before.get(), via).thenApply(r -> r instanceof Busy ? r : refused);
      }
      Prepared prepared = new Prepared(letter.get(), List.of(), hash);
      Write write = new Write(via, Topics.DEAD_LETTERS, key, prepared);
      if (!room.take(write.bytes())) {
        return busy("Too much waits for Kafka; send it again");
      }
      metrics.refused(finding.reason());
      shard.window.begin(key, hash, write.answer);
      writer.write(Topics.DEAD_LETTERS.name(), write.keyBytes, prepared.value(), List.of(), write);
      return write.answer.thenApply(r -> r instanceof Stored ? refused : r);
    }
  }

  private static Refused refused(Finding finding, boolean kept) {
    return new Refused(finding.reason(), finding.field(), finding.detail(), kept);
  }

  /** One write, from its hand-over to its answer. */
  private final class Write implements RecordWriter.Outcome {

    private final Via via;
    private final Topic topic;
    private final SequenceKey key;
    private final byte[] keyBytes;
    private final Prepared prepared;
    private final CompletableFuture<Receipt> answer = new CompletableFuture<>();
    private final long startNanos = System.nanoTime();

    Write(Via via, Topic topic, SequenceKey key, Prepared prepared) {
      this.via = via;
      this.topic = topic;
      this.key = key;
      this.keyBytes = key.deviceId().getBytes(UTF_8);
      this.prepared = prepared;
    }

    long hash() {
      return prepared.hash();
    }

    long bytes() {
      return (long) PENDING_OVERHEAD_BYTES + keyBytes.length + prepared.value().length;
    }

    @Override
    public void written(int partition, long offset) {
      if (!topic.equals(Topics.DEAD_LETTERS)) {
        metrics.stored(via, System.nanoTime() - startNanos);
      }
      Shard shard = shards.of(key.deviceId());
      synchronized (shard) {
        shard.window.stored(key, hash());
      }
      end(new Stored(partition, offset));
    }

    @Override
    public void refused(String why) {
      forget();
      metrics.busy();
      end(new Busy(COME_AGAIN, "Kafka cannot take it now (" + why + "); send it again"));
    }

    @Override
    public void failed(Exception why) {
      forget();
      metrics.failed();
      end(new Receipt.Unacknowledged("Kafka's client gave up (" + why.getMessage() + ")"));
    }

    private void forget() {
      Shard shard = shards.of(key.deviceId());
      synchronized (shard) {
        shard.window.forget(key, hash());
      }
    }

    private void end(Receipt receipt) {
      room.give(bytes());
      boolean unusedFirst = answer.complete(receipt);
    }
  }
}
