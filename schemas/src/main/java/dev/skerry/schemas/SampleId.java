package dev.skerry.schemas;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names of retraining samples: whoever derives one from the same telemetry gets the same. */
public final class SampleId {

  private SampleId() {}

  /** The sample that is made of the telemetry at this place of a site. */
  public static UUID of(String siteId, SourceRef source) {
    return of(
        siteId,
        source.getTopic(),
        source.getPartition(),
        source.getOffset(),
        source.getAppendTime().toEpochMilli());
  }

  /**
   * The sample that is made of the telemetry at this place of a site.
   *
   * @param appendMillis the telemetry's append time, since the epoch
   */
  public static UUID of(
      String siteId, String topic, int partition, long offset, long appendMillis) {
    String place = siteId + "/" + topic + "/" + partition + "/" + offset + "/" + appendMillis;
    return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
  }
}
