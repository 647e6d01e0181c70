package dev.skerry.inference;

import dev.skerry.service.ConfigException;

/** What the types of {@link InferenceConfig} cannot say about its values. */
final class Options {

  private Options() {}

  /** Returns the configuration, or throws {@link ConfigException} that names the key. */
  static InferenceConfig check(InferenceConfig config) {
    requireText("site-id", config.siteId());
    requireText("instance", config.instance());
    requireText("group", config.group());
    requireBetween("workers", config.workers(), 1, 64);
    requireBetween("max-batch", config.maxBatch(), 1, 65_536);
    requireBetween("intra-op-threads", config.intraOpThreads(), 1, 256);
    if (config.stallTimeout().isNegative() || config.stallTimeout().isZero()) {
      throw new ConfigException(
          "inference.stall-timeout must be more than zero, not " + config.stallTimeout());
    }
    config
        .latencyTarget()
        .ifPresent(
            target -> {
              if (target.isNegative() || target.isZero()) {
                throw new ConfigException(
                    "inference.latency-target must be more than zero, not " + target);
              }
            });
    return config;
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new ConfigException("inference." + key + " must not be empty");
    }
  }

  private static void requireBetween(String key, int value, int fromInclusive, int toInclusive) {
    if (value < fromInclusive || value > toInclusive) {
      throw new ConfigException(
          "inference.%s must be from %d to %d, not %d"
              .formatted(key, fromInclusive, toInclusive, value));
    }
  }
}
