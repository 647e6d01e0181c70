package dev.skerry.ingest.answers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The deliveries of some devices to one address, one after the other: the next begins when the one
 * before is done. Thread-safe.
 */
final class WebhookLane {

  private static final long FIRST_BACK_OFF_MILLIS = 200;

  /** A receiver that says no so often to one detection means it. */
  private static final int MAX_REFUSALS = 5;

  /** Who keeps the books. */
  interface Owner {
    /** Whether it is still wanted from here. */
    boolean isWanted(Delivery delivery);

    /** It is done; the result is a word for labels, and why is empty where it was taken. */
    void done(Delivery delivery, String result, String why);

    /** A try failed, and another one follows. */
    void failed(Delivery delivery, String why);
  }

  private final WebhookPost post;
  private final Owner owner;
  private final ScheduledExecutorService timer;
  private final long maxBackOffMillis;
  private final long maxAgeMillis;

  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private boolean isBusy;

  WebhookLane(
      WebhookPost post,
      Owner owner,
      ScheduledExecutorService timer,
      Duration maxBackOff,
      long maxAgeMillis) {
    this.post = post;
    this.owner = owner;
    this.timer = timer;
    this.maxBackOffMillis = maxBackOff.toMillis();
    this.maxAgeMillis = maxAgeMillis;
  }

  /** Takes one more; whoever calls bounds how many there are. */
  void add(Delivery delivery) {
    synchronized (this) {
      waiting.add(delivery);
      if (isBusy) {
        return;
      }
      isBusy = true;
    }
    timer.execute(this::next);
  }

  private void next() {
    Delivery delivery;
    synchronized (this) {
      if (waiting.isEmpty()) {
        isBusy = false;
        return;
      }
      delivery = waiting.remove();
    }
    attempt(delivery, 0, 0);
  }

  private void attempt(Delivery delivery, int failures, int refusals) {
    if (!owner.isWanted(delivery)) {
      next();
    } else if (System.currentTimeMillis() - delivery.inferredAtMillis() > maxAgeMillis) {
      owner.done(delivery, "too-old", "it is older than max-age");
      next();
    } else {
      CompletableFuture<Void> unused =
          post.send(delivery)
              .thenAcceptAsync(result -> judge(delivery, failures, refusals, result), timer);
    }
  }

  private void judge(Delivery delivery, int failures, int refusals, WebhookPost.Result result) {
    if (result instanceof WebhookPost.Taken) {
      owner.done(delivery, "delivered", "");
      next();
    } else if (result instanceof WebhookPost.Refused refused && refusals + 1 >= MAX_REFUSALS) {
      owner.done(delivery, "refused", refused.why());
      next();
    } else {
      boolean isRefusal = result instanceof WebhookPost.Refused;
      owner.failed(delivery, why(result));
      ScheduledFuture<?> unused =
          timer.schedule(
              () -> attempt(delivery, failures + 1, refusals + (isRefusal ? 1 : 0)),
              backOffMillis(failures),
              TimeUnit.MILLISECONDS);
    }
  }

  private static String why(WebhookPost.Result result) {
    if (result instanceof WebhookPost.Failed failed) {
      return failed.why();
    }
    return result instanceof WebhookPost.Refused refused ? refused.why() : "";
  }

  private long backOffMillis(int failures) {
    return Math.min(maxBackOffMillis, FIRST_BACK_OFF_MILLIS << Math.min(failures, 20));
  }
}
