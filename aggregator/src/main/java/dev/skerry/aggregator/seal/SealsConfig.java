package dev.skerry.aggregator.seal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the cloud can be told about seals, under the prefix {@code aggregator.seals}. */
public interface SealsConfig {

  /** Files with the fleet's keys; with them nothing counts that its site has not sealed. */
  Optional<List<Path>> keys();

  /** Keys of sites that count no more, each as {@code SITE/ID}. */
  Optional<List<String>> revoked();
}
