package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.intake.Intake;
import dev.skerry.ingest.intake.Receipt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one connection that have come in and are not answered. They go to the intake in
 * their order, wait where it has no room, and are answered in their order (MQTT 5, 4.6). For one
 * event loop.
 */
final class Unanswered {

  private static final Logger log = LoggerFactory.getLogger(Unanswered.class);
  private static final long MIN_RETRY_MILLIS = 50;
  private static final long MAX_RETRY_MILLIS = 2_000;

  /** Who answers. */
  interface Owner {
    /** The outcome of the first message that was not answered. */
    void answer(int packetId, Outcome outcome);
  }

  /** One message's way to the intake; the receipt is that of the intake. */
  interface Submission {
    CompletionStage<Receipt> to(Intake intake);
  }

  /** One message. */
  static final class Entry {
    private final int packetId;
    private final int bytes;
    private Optional<Submission> submission = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    private Entry(int packetId, int bytes) {
      this.packetId = packetId;
      this.bytes = bytes;
    }

    /** Whether the client waits for an acknowledgement. */
    boolean wantsAnswer() {
      return packetId != 0;
    }
  }

  private final Wire wire;
  private final Intake intake;
  private final MemoryBudget memory;
  private final Owner owner;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Deque<Entry> unsubmitted = new ArrayDeque<>();
  private boolean waitsForRoom;
  private int acknowledgeable;

  Unanswered(Wire wire, Intake intake, MemoryBudget memory, Owner owner) {
    this.wire = wire;
    this.intake = intake;
    this.memory = memory;
    this.owner = owner;
  }

  /**
   * Notes a message.
   *
   * @param packetId 0 where nobody waits for an answer
   * @param bytes the memory that was reserved for it, which is given back with the answer
   */
  Entry add(int packetId, int bytes) {
    Entry entry = new Entry(packetId, bytes);
    entries.add(entry);
    acknowledgeable += packetId == 0 ? 0 : 1;
    return entry;
  }

  /** Hands it to the intake, after those before it. */
  void submit(Entry entry, Submission submission) {
    entry.submission = Optional.of(submission);
    unsubmitted.add(entry);
    submitAll();
  }

  /** Knows the outcome without the intake. */
  void settle(Entry entry, Outcome outcome) {
    entry.outcome = Optional.of(outcome);
    answerAll();
  }

  /** Forgets what the intake does not have; the client sends it again on another connection. */
  void forgetUnsubmitted() {
    entries.removeAll(unsubmitted);
    unsubmitted.forEach(entry -> memory.release(entry.bytes));
    unsubmitted.clear();
  }

  /** How many there are. */
  int size() {
    return entries.size();
  }

  /** How many of them the client wants an acknowledgement of. */
  int acknowledgeable() {
    return acknowledgeable;
  }

  /** Whether the intake had no room for the next one. */
  boolean waitsForRoom() {
    return waitsForRoom;
  }

  private void submitAll() {
    while (!waitsForRoom && !unsubmitted.isEmpty()) {
      Entry next = unsubmitted.peek();
      CompletableFuture<Receipt> receipt =
          next.submission.orElseThrow().to(intake).toCompletableFuture();
      if (receipt.isDone() && receipt.join() instanceof Receipt.Busy busy) {
        waitForRoom(busy);
        return;
      }
      unsubmitted.remove();
      next.submission = Optional.empty();
      if (receipt.isDone()) {
        settle(next, Outcome.of(receipt.join()));
      } else {
        CompletableFuture<Receipt> unused =
            receipt.whenComplete(
                (known, failure) -> wire.later(() -> receive(next, known, failure)));
      }
    }
  }

  private void waitForRoom(Receipt.Busy busy) {
    waitsForRoom = true;
    long millis =
        Math.max(MIN_RETRY_MILLIS, Math.min(MAX_RETRY_MILLIS, busy.retryAfter().toMillis()));
    wire.after(
        millis,
        () -> {
          waitsForRoom = false;
          submitAll();
          wire.readOn();
        });
  }

  private void receive(Entry entry, @Nullable Receipt receipt, @Nullable Throwable failure) {
    if (receipt == null) {
      log.error("The intake failed on a message", failure);
      settle(entry, new Outcome.Unknown("the gateway failed on this message"));
    } else {
      settle(entry, Outcome.of(receipt));
    }
    wire.readOn();
  }

  private void answerAll() {
    while (!entries.isEmpty() && entries.peek().outcome.isPresent()) {
      Entry first = entries.remove();
      acknowledgeable -= first.wantsAnswer() ? 1 : 0;
      memory.release(first.bytes);
      owner.answer(first.packetId, first.outcome.orElseThrow());
    }
  }
}
