package dev.skerry.retrain.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.RetrainingSample;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a candidate says of itself to the budget: whose money it wants. It travels in headers, so
 * that the candidate's bytes are decoded once and stay as they are.
 *
 * @param siteId whose budget
 * @param deviceId whose share of it
 * @param stream what it is a sample of
 */
record Claim(String siteId, String deviceId, String stream) {

  private static final String SITE = "skerry.claim.site";
  private static final String DEVICE = "skerry.claim.device";
  private static final String STREAM = "skerry.claim.stream";

  static Claim of(RetrainingSample candidate) {
    Detection detection = candidate.getDetection();
    return new Claim(detection.getSiteId(), detection.getDeviceId(), detection.getStream());
  }

  static Claim of(Headers headers) {
    return new Claim(text(headers, SITE), text(headers, DEVICE), text(headers, STREAM));
  }

  /** The headers with the claim. */
  Headers addTo(Headers headers) {
    return new RecordHeaders(headers)
        .add(SITE, siteId.getBytes(UTF_8))
        .add(DEVICE, deviceId.getBytes(UTF_8))
        .add(STREAM, stream.getBytes(UTF_8));
  }

  /** The headers without the claim. */
  static Headers removeFrom(Headers headers) {
    return new RecordHeaders(headers).remove(SITE).remove(DEVICE).remove(STREAM);
  }

  private static String text(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    if (header == null) {
      throw new IllegalStateException("A candidate before the budget has no header " + key);
    }
    return new String(header.value(), UTF_8);
  }
}
