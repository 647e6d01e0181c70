package dev.skerry.inference;

import dev.skerry.inference.lineup.CurrentLineup;
import dev.skerry.inference.model.ModelLoader;
import dev.skerry.inference.model.ServedModel;
import dev.skerry.inference.release.ReleaseClients;
import dev.skerry.inference.release.ReleaseSite;
import dev.skerry.inference.release.ReleaseStart;
import dev.skerry.inference.release.Releases;
import dev.skerry.schemas.release.InvalidKeyFileException;
import dev.skerry.schemas.release.TrustedKeys;
import dev.skerry.schemas.topic.Side;
import dev.skerry.service.ConfigException;
import dev.skerry.service.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what takes releases in, as it is configured. */
final class ReleaseParts {

  private static final Logger log = LoggerFactory.getLogger(ReleaseParts.class);

  private ReleaseParts() {}

  /** Empty where no releases are taken. */
  static Optional<ReleaseStart> start(InferenceConfig config, Side side) {
    if (side == Side.CLOUD && config.releases().directory().isPresent()) {
      throw new ConfigException(
          "inference.releases.directory is for sites; in the cloud models come by"
              + " inference.models");
    }
    return config.releases().directory().map(directory -> start(config, directory));
  }

  private static ReleaseStart start(InferenceConfig config, Path directory) {
    InferenceConfig.Releases releases = config.releases();
    ReleaseSite site =
        new ReleaseSite(
            config.siteId(),
            config.instance(),
            releases.hardware(),
            releases.maxModelBytes(),
            releases.keepFormer(),
            InstantSource.system());
    return new ReleaseStart(
        site, directory, keys(releases), releases.trustedKeys().orElse(List.of()));
  }

  private static TrustedKeys keys(InferenceConfig.Releases releases) {
    try {
      TrustedKeys keys =
          new TrustedKeys(
              TrustedKeys.read(releases.trustedKeys().orElse(List.of())),
              releases.revokedKeys().orElse(List.of()),
              releases.allowUnsigned());
      if (releases.allowUnsigned()) {
        log.warn(
            "inference.releases.allow-unsigned is on: WHOEVER CAN WRITE TO THE TOPIC models DECIDES"
                + " WHAT RUNS HERE. Never do this outside of development");
      } else if (keys.size() == 0) {
        throw new ConfigException(
            "inference.releases.trusted-keys names no key, and without one no release can be"
                + " trusted: make one with ./skerry model keygen");
      }
      return keys;
    } catch (InvalidKeyFileException e) {
      throw new ConfigException("inference.releases.trusted-keys: " + e.getMessage(), e);
    }
  }

  /** What follows releases from now on; the caller closes it. */
  static Releases follow(
      ReleaseStart start,
      InferenceConfig config,
      KafkaSettings kafka,
      CurrentLineup lineup,
      ModelLoader loader,
      Consumer<ServedModel> warmUp,
      Consumer<ServedModel> beforeServing,
      MeterRegistry registry) {
    ReleaseClients clients = new ReleaseClients(kafka, config.group(), config.instance());
    return Releases.of(start, lineup, loader, warmUp, clients, beforeServing, registry);
  }
}
