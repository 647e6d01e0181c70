package dev.skerry.retrain.loop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** What the datasets can be told, under the prefix {@code dataset}. */
@ConfigMapping(prefix = "dataset")
public interface DatasetConfig {

  /** Where samples, datasets and candidates are kept; one process at a time. */
  Path directory();

  /** The stream of whose samples datasets are made. */
  String stream();

  /** The share of the devices by whose samples models are judged, more than 0 and less than 1. */
  @WithDefault("0.3")
  double validationShare();
}
