package dev.skerry.ingest.intake;

import dev.skerry.schemas.Telemetry;
import java.time.Instant;
import java.util.Optional;

/** What a site demands of its devices. Thread-safe; may change at any time. */
@FunctionalInterface
public interface Rules {

  /** No demands. */
  Rules NONE = (telemetry, now) -> Optional.empty();

  /**
   * What is against the rules; empty where nothing is.
   *
   * @param now the gateway's time
   */
  Optional<Violation> check(Telemetry telemetry, Instant now);

  /**
   * Something against the rules.
   *
   * @param enforced whether the message is refused for it, or only counted
   */
  record Violation(Finding finding, boolean enforced) {}
}
