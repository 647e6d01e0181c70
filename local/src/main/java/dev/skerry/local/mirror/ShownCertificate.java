package dev.skerry.local.mirror;

import dev.skerry.local.topic.Broker;
import dev.skerry.service.tls.OwnCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Optional;

/**
 * The certificate that is shown to a broker, as its file is now; none to a plain one. Thread-safe.
 */
record ShownCertificate(Broker broker) {

  /**
   * Shows when it runs out.
   *
   * @param side whose broker it is, edge or cloud
   */
  void bindTo(MeterRegistry registry, String side) {
    certificate().ifPresent(own -> own.bindTo(registry, Tags.of("broker", side)));
  }

  /** That it has run out, and what to do about it; empty where it is good or there is none. */
  Optional<String> expired(Instant now) {
    return certificate()
        .flatMap(OwnCertificate::notAfter)
        .filter(end -> end.isBefore(now))
        .map(
            end ->
                "the certificate %s that it shows to %s ran out at %s; put a new one in its place"
                    .formatted(broker.security().get("ssl.keystore.location"), broker, end));
  }

  private Optional<OwnCertificate> certificate() {
    return OwnCertificate.of(broker.security());
  }
}
