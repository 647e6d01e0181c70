package dev.skerry.ingest.answers;

import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All addresses to which detections are posted, each served for itself. Thread-safe. */
public final class Webhooks implements AutoCloseable {

  private static final String PREFIX = "gateway.answers.webhook";

  private final List<WebhookFeed> feeds = new ArrayList<>();

  private Webhooks() {}

  /**
   * Starts to post to every address that is configured.
   *
   * @throws ConfigException for a key that cannot be, by name
   */
  public static Webhooks start(
      KafkaSettings settings, AnswersConfig answers, MeterRegistry registry) {
    AnswersConfig.Webhook config = check(answers.webhook());
    AnswerFilter filter = new AnswerFilter(config, PREFIX);
    Optional<Signature> signature = config.secretFile().map(Signature::withSecretOf);
    Webhooks webhooks = new Webhooks();
    for (URI address : addresses(config)) {
      webhooks.feeds.add(new WebhookFeed(address, settings, filter, config, signature, registry));
    }
    webhooks.feeds.forEach(WebhookFeed::start);
    return webhooks;
  }

  private static AnswersConfig.Webhook check(AnswersConfig.Webhook config) {
    requireBetween("lanes", config.lanes(), 256);
    requireBetween("max-waiting", config.maxWaiting(), 100_000);
    requirePositive("timeout", config.timeout());
    requirePositive("max-back-off", config.maxBackOff());
    config.maxAge().ifPresent(age -> requirePositive("max-age", age));
    return config;
  }

  private static Set<URI> addresses(AnswersConfig.Webhook config) {
    Set<URI> addresses = new HashSet<>(config.urls().orElse(List.of()));
    for (URI address : addresses) {
      boolean isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!isHttp || address.getHost() == null) {
        throw new ConfigException(
            PREFIX + ".urls names " + address + ", which is no address of http or https");
      }
    }
    return addresses;
  }

  private static void requireBetween(String key, int value, int most) {
    if (value < 1 || value > most) {
      throw new ConfigException(
          PREFIX + "." + key + " must be from 1 to " + most + ", not " + value);
    }
  }

  private static void requirePositive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new ConfigException(PREFIX + "." + key + " must be more than zero, not " + value);
    }
  }

  @Override
  public void close() {
    feeds.forEach(WebhookFeed::close);
  }
}
