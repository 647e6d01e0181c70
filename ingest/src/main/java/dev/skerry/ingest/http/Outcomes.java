package dev.skerry.ingest.http;

import dev.skerry.ingest.http.Answers.Item;
import dev.skerry.ingest.intake.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the messages of one body, as it comes in. Thread-safe. Receipts may come long
 * after the client was told to ask again; by then this holds on to nothing.
 */
final class Outcomes {

  private final AtomicReferenceArray<@Nullable Item> items;
  private final AtomicInteger missing;
  private final AtomicReference<@Nullable Runnable> whenAllThere;

  /** Runs it once, on any thread, when there is an outcome for each of so many messages. */
  Outcomes(int count, Runnable whenAllThere) {
    this.items = new AtomicReferenceArray<>(count);
    this.missing = new AtomicInteger(count);
    this.whenAllThere = new AtomicReference<>(whenAllThere);
  }

  void put(int index, Item item) {
    items.set(index, item);
    if (missing.decrementAndGet() == 0) {
      Runnable told = whenAllThere.getAndSet(null);
      if (told != null) {
        told.run();
      }
    }
  }

  void put(int index, CompletionStage<Receipt> receipt) {
    CompletionStage<Void> unusedTold =
        receipt.thenAccept(value -> put(index, new Item.Handed(value)));
  }

  /** Nobody waits any more. */
  void abandon() {
    whenAllThere.set(null);
  }

  /** All outcomes; what is not there yet is called unacknowledged. */
  List<Item> items(String stillMissing) {
    List<Item> read = new ArrayList<>(items.length());
    for (int i = 0; i < items.length(); i++) {
      Item item = items.get(i);
      read.add(item == null ? new Item.Handed(new Receipt.Unacknowledged(stillMissing)) : item);
    }
    return read;
  }
}
