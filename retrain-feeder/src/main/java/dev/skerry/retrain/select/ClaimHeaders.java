package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A claim in the headers of a record on its way to the selection, so that what leaves the site is
 * decoded once; and why, where it was refused on the way.
 */
final class ClaimHeaders {

  private static final String CLAIM = "skerry.claim";
  private static final String REFUSED = "skerry.refused";

  private ClaimHeaders() {}

  /** The headers with the claim. */
  static Headers with(Headers headers, Claim claim) {
    return new RecordHeaders(headers).add(CLAIM, Binary.bytes(claim::write));
  }

  /** Headers of what was refused on the way. */
  static Headers refused(Claim claim, Refusal why) {
    return with(new RecordHeaders(), claim).add(REFUSED, why.name().getBytes(UTF_8));
  }

  static Claim claim(Headers headers) {
    Header claim = headers.lastHeader(CLAIM);
    if (claim == null) {
      throw new IllegalStateException("A candidate before the selection has no header " + CLAIM);
    }
    return Binary.read(claim.value(), Claim::read);
  }

  static Optional<Refusal> refusal(Headers headers) {
    return Optional.ofNullable(headers.lastHeader(REFUSED))
        .map(header -> Refusal.valueOf(new String(header.value(), UTF_8)));
  }

  /** The headers without the claim. */
  static Headers without(Headers headers) {
    return new RecordHeaders(headers).remove(CLAIM);
  }
}
