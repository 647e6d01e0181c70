package dev.skerry.warehouse.sample;

/** What of a retraining sample's telemetry goes into the warehouse. */
public enum SampleContent {
  /** What is known about it: no readings, no images. */
  METADATA,
  /** Besides, frames as small images that people recognise. */
  THUMBNAILS,
  /** All of it: readings and images as they were. */
  FULL
}
