package dev.skerry.retrain.egress;

import dev.skerry.retrain.sketch.Fingerprint;
import dev.skerry.schemas.RetrainingSample;
import java.util.Optional;

/** What may leave of a candidate. */
public sealed interface Leaving {

  /**
   * Something may.
   *
   * @param fingerprint of its payload as it was
   * @param changed what leaves in its place; empty where it leaves byte for byte, with its key and
   *     headers, which do not leave otherwise
   */
  record Allowed(Fingerprint fingerprint, Optional<RetrainingSample> changed) implements Leaving {}

  /** The stream's policy keeps it at the site. */
  record Kept() implements Leaving {}

  /** Its payload cannot be read, so nobody knows what would leave. */
  record Unreadable() implements Leaving {}
}
