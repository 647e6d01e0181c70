package dev.skerry.local.model;

import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.schemas.model.InvalidContractException;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.schemas.release.Expectation;
import dev.skerry.schemas.release.InvalidStatementException;
import dev.skerry.schemas.release.Manifest;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseDraft;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skerry model publish}: a file becomes a release. */
@Command(
    name = "publish",
    description = {
      "Signs a model file and publishes it to the sites, which check it and try it on some of",
      "their devices before it answers all."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelPublishCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The .onnx file.")
  private Path file = Path.of("");

  @Mixin private KeyOption key = new KeyOption();

  @Option(
      names = "--percent",
      paramLabel = "N",
      description =
          "Percent of each site's devices that it answers while it is tried; 100: all at once, and"
              + " nothing is compared (default: 5).")
  private double devicePercent = 5;

  @Option(
      names = "--site-percent",
      paramLabel = "N",
      description = "Percent of the sites that take it (default: 100).")
  private double sitePercent = 100;

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites that take it in any case.")
  private List<String> sites = List.of();

  @Option(
      names = "--hardware",
      split = ",",
      paramLabel = "CLASS",
      description = "The hardware classes that it is for (default: all).")
  private List<String> hardware = List.of();

  @Option(
      names = "--min-samples",
      paramLabel = "N",
      description = "Records scored by both before it may be promoted (default: 500).")
  private int minSamples = CanaryPolicy.DEFAULT.minSamples();

  @Option(
      names = "--shadow-share",
      paramLabel = "SHARE",
      description = "Share of the records that both score, 0 to 1 (default: 0.1).")
  private double shadowShare = CanaryPolicy.DEFAULT.shadowShare();

  @Option(
      names = "--max-slowdown",
      paramLabel = "TIMES",
      description = "How many times as long as the champion it may take (default: 2).")
  private double maxSlowdown = CanaryPolicy.DEFAULT.maxSlowdown();

  @Option(
      names = "--expect-disagreement",
      paramLabel = "SHARE",
      description =
          "The largest share of records with another label than the champion's (default: 0.1).")
  private double disagreement = Expectation.DEFAULT.disagreement();

  @Option(
      names = "--expect-disagreement-of",
      paramLabel = "LABEL=SHARE",
      description = "The same where the champion gives that label.")
  private Map<String, Double> disagreementByLabel = Map.of();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    ModelPath.require(file, spec);
    ReleaseDraft draft = draft();
    ReleasePublisher.Signer signer = key.signer(broker.files());
    PublishedReleases published = PublishedReleases.read(broker);
    requireNew(published.find(draft.id()), draft);
    Manifest manifest = manifest(draft, published.nowMillis());
    Rollout rollout =
        new Rollout(
            manifest.model(),
            manifest.version(),
            manifest.issuedAtMillis(),
            sitePercent,
            sites,
            false,
            "published");
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signer).publish(manifest, file, rollout);
    }
    json.print(
        spec,
        manifest,
        () ->
            "%s is published: %d bytes in %d chunks, to %s %% of the sites"
                .formatted(
                    manifest.release(), manifest.sizeBytes(), manifest.chunks(), sitePercent));
    return ExitCode.OK;
  }

  private ReleaseDraft draft() {
    try {
      return ReleaseDraft.of(file);
    } catch (InvalidContractException e) {
      throw new SiteRefusedException("The model " + file + " is refused: " + e.getMessage(), e);
    }
  }

  private Manifest manifest(ReleaseDraft draft, long nowMillis) {
    try {
      CanaryPolicy canary =
          new CanaryPolicy(
              devicePercent / 100,
              shadowShare,
              minSamples,
              CanaryPolicy.DEFAULT.maxErrors(),
              maxSlowdown);
      Expectation expected =
          new Expectation(
              disagreement,
              disagreementByLabel,
              Expectation.DEFAULT.lowConfidence(),
              Expectation.DEFAULT.outOfRange());
      return draft.manifest(nowMillis, hardware, canary, expected);
    } catch (InvalidStatementException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Chunks of two files under one version would be no file. */
  private static void requireNew(Optional<Release> before, ReleaseDraft draft) {
    boolean isOther =
        before.isPresent() && !before.get().manifest().sha256().equals(draft.header().sha256());
    if (isOther) {
      throw new SiteRefusedException(
          "%s is published already, with another file: give this one a new version"
              .formatted(draft.id()));
    }
  }
}
