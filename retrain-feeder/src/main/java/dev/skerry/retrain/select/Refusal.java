package dev.skerry.retrain.select;

import java.util.Locale;

/** Why a candidate is not selected. */
enum Refusal {
  /** It is larger than the topic of the samples takes. */
  TOO_LARGE,
  /** The policy of its stream keeps it at the site. */
  EGRESS_NONE,
  /** Its payload cannot be read, so nobody knows what would leave. */
  UNREADABLE,
  /** It shows nearly what another sample of the same device shows, or one that waits. */
  NEAR_DUPLICATE,
  /** So many wait for the end of the round that only better ones still do. */
  OUTRANKED,
  /** The device has had its share of the hour. */
  DEVICE_SHARE,
  /** The class has had its share of the hour. */
  CLASS_SHARE,
  /** Better ones of the minute have had its samples. */
  MINUTE_RECORDS,
  /** The sample would exceed the site's bytes for the minute. */
  MINUTE_BYTES,
  /** The site has had its samples for the hour. */
  HOUR_RECORDS,
  /** The sample would exceed the site's bytes for the hour. */
  HOUR_BYTES,
  /** The site has had its samples for the day. */
  DAY_RECORDS,
  /** The sample would exceed the site's bytes for the day. */
  DAY_BYTES;

  /** As metrics and the selection's counts name it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
