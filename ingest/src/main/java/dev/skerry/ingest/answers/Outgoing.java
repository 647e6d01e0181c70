package dev.skerry.ingest.answers;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deliveries to one address that are under way or wait, in lanes by device. Thread-safe. */
final class Outgoing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Outgoing.class);

  private final URI address;
  private final int maxWaiting;
  private final Progress progress = new Progress();
  private final AtomicBoolean isFailing = new AtomicBoolean();
  private final List<WebhookLane> lanes = new ArrayList<>();
  private final ScheduledExecutorService timer;
  private final AnswersConfig.Webhook config;
  private final WebhookPost post;

  Outgoing(URI address, AnswersConfig.Webhook config, Optional<Signature> signature) {
    this.address = address;
    this.config = config;
    this.maxWaiting = config.maxWaiting();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "answers-webhook-post");
              thread.setDaemon(true);
              return thread;
            });
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout())
            .executor(timer)
            .build();
    this.post = new WebhookPost(client, address, config.timeout(), signature, Clock.systemUTC());
  }

  void start(WebhookMetrics metrics) {
    Books books = new Books(metrics);
    long maxAgeMillis = config.maxAge().map(Duration::toMillis).orElse(Long.MAX_VALUE);
    for (int i = 0; i < config.lanes(); i++) {
      lanes.add(new WebhookLane(post, books, timer, config.maxBackOff(), maxAgeMillis));
    }
  }

  Progress progress() {
    return progress;
  }

  boolean hasRoom() {
    return progress.open() < maxWaiting;
  }

  void add(Delivery delivery) {
    progress.begin(delivery.partition(), delivery.offset(), delivery.inferredAtMillis());
    lanes.get(Math.floorMod(delivery.deviceId().hashCode(), lanes.size())).add(delivery);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class Books implements WebhookLane.Owner {

    private final WebhookMetrics metrics;

    Books(WebhookMetrics metrics) {
      this.metrics = metrics;
    }

    @Override
    public boolean isWanted(Delivery delivery) {
      return progress.isOpen(delivery.partition(), delivery.offset());
    }

    @Override
    public void done(Delivery delivery, String result, String why) {
      metrics.done(result);
      if (result.equals("delivered")) {
        metrics.delivered(delivery.inferredAtMillis());
        if (isFailing.getAndSet(false)) {
          log.info("The webhook {} takes detections again", address);
        }
      } else {
        log.warn(
            "The detection {} of device {} is passed over for the webhook {}: {}",
            delivery.id(),
            delivery.deviceId(),
            address,
            why);
      }
      progress.end(delivery.partition(), delivery.offset());
    }

    @Override
    public void failed(Delivery delivery, String why) {
      metrics.failed();
      if (!isFailing.getAndSet(true)) {
        log.warn(
            "The webhook {} does not take detections ({}); they wait in Kafka and are tried again",
            address,
            why);
      }
    }
  }
}
