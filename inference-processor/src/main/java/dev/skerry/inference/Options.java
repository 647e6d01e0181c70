package dev.skerry.inference;

import dev.skerry.inference.batch.UnservedStreams;
import dev.skerry.inference.provider.Provider;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the types of {@link InferenceConfig} cannot say about its values. */
final class Options {

  private Options() {}

  /** Returns the configuration, or throws {@link ConfigException} that names the key. */
  static InferenceConfig check(InferenceConfig config) {
    requireText("site-id", config.siteId());
    requireText("instance", config.instance());
    requireText("group", config.group());
    requireBetween("workers", config.workers(), 1, 64);
    checkFrames(config.frames());
    requireBetween("max-batch", config.maxBatch(), 1, 65_536);
    requireBetween("intra-op-threads", config.intraOpThreads(), 1, 256);
    requireBetween("releases.keep-former", config.releases().keepFormer(), 0, 100);
    requireProviders(config);
    checkOverflow(config);
    checkRescoring(config);
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

  /** What scores history anew must not take the place of what answers. */
  private static void checkRescoring(InferenceConfig config) {
    if (config.rescoreTo().isEmpty()) {
      if (!config.rescoreUntil().isEmpty()) {
        throw new ConfigException(
            "inference.rescore-until is for history that is scored anew: set inference.rescore-to"
                + " too, or leave it out");
      }
      return;
    }
    String topic = config.rescoreTo().get();
    requireText("rescore-to", topic);
    if (Topics.named(topic).isPresent()) {
      throw new ConfigException(
          "inference.rescore-to is %s, which others write and read: name a topic of its own"
              .formatted(topic));
    }
    if (config.releases().directory().isPresent() || config.overflow().share() > 0) {
      throw new ConfigException(
          "inference.rescore-to is set: leave inference.releases.directory and"
              + " inference.overflow.share out, which are for the processor that answers");
    }
  }

  /** Whoever read what overflowed at a site and let it overflow again would go round and round. */
  private static void checkOverflow(InferenceConfig config) {
    if (!config.topics().contains(Topics.TELEMETRY_OVERFLOW.name())) {
      return;
    }
    if (config.topics().size() > 1) {
      throw new ConfigException(
          "inference.topics is %s: %s is read in the cloud, alone, by a process of its own"
              .formatted(config.topics(), Topics.TELEMETRY_OVERFLOW.name()));
    }
    if (config.overflow().share() > 0) {
      throw new ConfigException(
          "inference.overflow.share must be 0 where %s is read: it would overflow again"
              .formatted(Topics.TELEMETRY_OVERFLOW.name()));
    }
    if (config.unserved() == UnservedStreams.Rule.IGNORE) {
      throw new ConfigException(
          "inference.unserved=ignore is for sites, which have a ledger of answers; in the cloud it"
              + " must be dead-letter");
    }
  }

  private static void requireProviders(InferenceConfig config) {
    List<Provider> providers = config.providers();
    if (providers.isEmpty() || Set.copyOf(providers).size() != providers.size()) {
      throw new ConfigException(
          "inference.providers must name each of tensorrt, cuda and cpu at most once, and not "
              + words(providers));
    }
    config
        .require()
        .filter(required -> !providers.contains(required))
        .ifPresent(
            required -> {
              throw new ConfigException(
                  "inference.require is %s, which inference.providers (%s) does not name"
                      .formatted(required.word(), words(providers)));
            });
    requireBetween("cuda.device-id", config.cuda().deviceId(), 0, 255);
    requireBetween("tensorrt.device-id", config.tensorrt().deviceId(), 0, 255);
    config
        .tensorrt()
        .builderLevel()
        .ifPresent(level -> requireBetween("tensorrt.builder-level", level, 0, 5));
  }

  private static String words(List<Provider> providers) {
    return providers.stream().map(Provider::word).collect(Collectors.joining(", "));
  }

  private static void checkFrames(InferenceConfig.Frames frames) {
    requireText("frames.group", frames.group());
    requireBetween("frames.workers", frames.workers(), 0, 64);
    requireBetween("frames.max-poll-records", frames.maxPollRecords(), 1, 1_000);
    requireBetween("frames.max-batch", frames.maxBatch(), 1, 1_024);
    if (frames.maxPixels() < 1) {
      throw new ConfigException(
          "inference.frames.max-pixels must be 1 or more, not " + frames.maxPixels());
    }
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
