package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.intake.Arrival;
import dev.skerry.ingest.intake.Finding;
import dev.skerry.ingest.intake.Intake;
import dev.skerry.ingest.intake.Receipt;
import dev.skerry.ingest.intake.Unread;
import dev.skerry.schemas.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An intake that answers as the test says. Thread-safe. */
final class ScriptedIntake implements Intake {

  static final Receipt STORED = new Receipt.Stored(0, 0);

  private final List<Telemetry> taken = new ArrayList<>();
  private final List<CompletableFuture<Receipt>> open = new ArrayList<>();
  private final List<Unread> kept = new ArrayList<>();
  private Function<Arrival, CompletionStage<Receipt>> script = arrival -> stored();

  /** Answers everything from now on so. */
  synchronized void answer(Function<Arrival, Receipt> answer) {
    script = arrival -> CompletableFuture.completedFuture(answer.apply(arrival));
  }

  /** Answers nothing from now on until {@link #complete}. */
  synchronized void holdBack() {
    script =
        arrival -> {
          CompletableFuture<Receipt> receipt = new CompletableFuture<>();
          open.add(receipt);
          return receipt;
        };
  }

  /** Answers one that was held back, by the order of arrival. */
  void complete(int index, Receipt receipt) {
    CompletableFuture<Receipt> one;
    synchronized (this) {
      one = open.get(index);
    }
    one.complete(receipt);
  }

  /** What was taken: everything that was not answered with {@link Receipt.Busy}. */
  synchronized List<Telemetry> taken() {
    return List.copyOf(taken);
  }

  /** Forgets what was taken, so that it takes no memory. */
  synchronized void forget() {
    taken.clear();
    kept.clear();
  }

  synchronized int heldBack() {
    return open.size();
  }

  @Override
  public synchronized CompletionStage<Receipt> accept(Arrival arrival) {
    CompletionStage<Receipt> receipt = script.apply(arrival);
    CompletableFuture<Receipt> future = receipt.toCompletableFuture();
    if (!future.isDone() || !(future.join() instanceof Receipt.Busy)) {
      taken.add(arrival.message().telemetry());
    }
    return receipt;
  }

  @Override
  public synchronized CompletionStage<Receipt> keep(Unread unread) {
    kept.add(unread);
    Finding finding = unread.finding();
    return CompletableFuture.completedFuture(
        new Receipt.Refused(finding.reason(), finding.field(), finding.detail(), true));
  }

  /** What could not be read, of those who cannot be told. */
  synchronized List<Unread> kept() {
    return List.copyOf(kept);
  }

  private static CompletionStage<Receipt> stored() {
    return CompletableFuture.completedFuture(STORED);
  }
}
