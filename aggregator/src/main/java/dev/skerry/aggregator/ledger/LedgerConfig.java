package dev.skerry.aggregator.ledger;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the ledger can be told, under the prefix {@code aggregator.ledger}. */
public interface LedgerConfig {

  /** Whether this process keeps the ledger. */
  @WithDefault("true")
  boolean enabled();

  /** How long after its end, by append time, a window may still grow before its page is given. */
  @WithDefault("PT5S")
  Duration grace();

  /** After how long without records a partition is waited for no more. */
  @WithDefault("PT30S")
  Duration quietClose();

  /** In the cloud: how long what is missing may still be on its way while the link is up. */
  @WithDefault("PT2M")
  Duration patience();

  /** How long a page is kept after it was written last, so that it can still grow. */
  @WithDefault("PT24H")
  Duration keep();
}
