package dev.skerry.retrain.select;

/** Why a candidate is not selected. */
enum Refusal {
  /** It is larger than the topic of the samples takes. */
  TOO_LARGE,
  /** The device has had its share of the hour. */
  DEVICE_SHARE,
  /** The site has had its samples for the hour. */
  HOUR_RECORDS,
  /** The sample would exceed the site's bytes for the hour. */
  HOUR_BYTES,
  /** The site has had its samples for the day. */
  DAY_RECORDS,
  /** The sample would exceed the site's bytes for the day. */
  DAY_BYTES
}
