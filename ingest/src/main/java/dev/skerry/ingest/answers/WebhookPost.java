package dev.skerry.ingest.answers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Posts detections to one address. Thread-safe. */
final class WebhookPost {

  private static final int TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY = 429;

  /** What became of one try. */
  sealed interface Result {}

  /** The receiver has it. */
  record Taken() implements Result {}

  /** Another try may succeed. */
  record Failed(String why) implements Result {}

  /** The receiver does not want this one. */
  record Refused(String why) implements Result {}

  private final HttpClient client;
  private final URI address;
  private final Duration timeout;
  private final Optional<Signature> signature;
  private final Clock clock;

  WebhookPost(
      HttpClient client,
      URI address,
      Duration timeout,
      Optional<Signature> signature,
      Clock clock) {
    this.client = client;
    this.address = address;
    this.timeout = timeout;
    this.signature = signature;
    this.clock = clock;
  }

  /** Tries once; never fails as a future. */
  CompletableFuture<Result> send(Delivery delivery) {
    long seconds = clock.instant().getEpochSecond();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("X-Skerry-Delivery", delivery.id())
            .header("X-Skerry-Timestamp", Long.toString(seconds))
            .POST(HttpRequest.BodyPublishers.ofByteArray(delivery.json()));
    signature.ifPresent(
        sign -> request.header("X-Skerry-Signature", sign.of(seconds, delivery.json())));
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
        .thenApply(response -> judge(response.statusCode()))
        .exceptionally(failure -> new Failed(reason(failure)));
  }

  private static Result judge(int status) {
    if (status >= 200 && status < 300) {
      return new Taken();
    }
    String why = "status " + status;
    boolean passes =
        status >= 500 || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY;
    return passes ? new Failed(why) : new Refused(why);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
