package dev.skerry.console.web;

import dev.skerry.schemas.Telemetry;
import java.util.Optional;

/** What stands behind the picture, and is looked up when somebody wants to see it. Thread-safe. */
public interface Behind {

  /** The telemetry at a place; empty where there is none any more. */
  Optional<Telemetry> telemetry(String topic, int partition, long offset);

  /**
   * What the gate said of the training on a version of the dataset, as a page of HTML; empty where
   * there is no such page.
   */
  Optional<String> report(int datasetVersion);
}
