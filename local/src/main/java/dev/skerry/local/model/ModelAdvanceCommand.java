package dev.skerry.local.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skerry.local.rollout.RolloutPolicy;
import dev.skerry.local.rollout.SiteOutcomes;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleaseId;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skerry model advance}: a release goes from a few sites to all, or is halted. */
@Command(
    name = "advance",
    description = {
      "Raises the share of sites that take a release, step by step, by what model-status says of",
      "it, and halts it where sites take it back. It may be stopped and started again at any time:",
      "the step that it is at is the rollout itself. Exit code 1 where it is halted."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelAdvanceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReleaseName name = new ReleaseName();

  @Option(
      names = "--steps",
      split = ",",
      paramLabel = "PERCENT",
      description = "Percent of the sites (default: 1,10,50,100).")
  private List<Double> steps = List.of(1.0, 10.0, 50.0, 100.0);

  @Option(
      names = "--soak",
      paramLabel = "DURATION",
      description = "How long a step lasts at least, such as PT1H (default: ${DEFAULT-VALUE}).",
      defaultValue = "PT24H")
  private Duration soak = Duration.ofHours(24);

  @Option(
      names = "--quorum",
      paramLabel = "SHARE",
      description = {
        "Share of the sites reached that must have decided before the next step",
        "(default: ${DEFAULT-VALUE})."
      },
      defaultValue = "0.5")
  private double quorum;

  @Option(
      names = "--max-withdrawn",
      paramLabel = "SHARE",
      description = {
        "It is halted where more of the sites that have decided took it back",
        "(default: ${DEFAULT-VALUE})."
      },
      defaultValue = "0.02")
  private double maxWithdrawn;

  @Option(
      names = "--tolerate",
      paramLabel = "N",
      description = "So many sites may take it back whatever their share (default: 0).")
  private int tolerated;

  @Option(names = "--every", description = "How often to look (default: ${DEFAULT-VALUE}).")
  private Duration every = Duration.ofSeconds(30);

  @Option(names = "--once", description = "Look once, do what is due, and end: for a cron job.")
  private boolean once;

  @Mixin private KeyOption key = new KeyOption();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  private String lastReason = "";

  @Override
  public Integer call() throws InterruptedException {
    RolloutPolicy policy = policy();
    ReleasePublisher.Signer signer = key.signer(broker.files());
    SiteOutcomes outcomes = new SiteOutcomes(name.id());
    while (true) {
      RolloutPolicy.Move move = look(policy, signer, outcomes);
      if (move instanceof RolloutPolicy.Halt) {
        return ExitCode.FAILED;
      }
      if (once || move instanceof RolloutPolicy.Done) {
        return ExitCode.OK;
      }
      Thread.sleep(every.toMillis());
    }
  }

  private RolloutPolicy policy() {
    try {
      return new RolloutPolicy(steps, soak, quorum, tolerated, maxWithdrawn);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private RolloutPolicy.Move look(
      RolloutPolicy policy, ReleasePublisher.Signer signer, SiteOutcomes outcomes) {
    hear(outcomes);
    PublishedReleases published = PublishedReleases.read(broker);
    Release release = published.require(name.id());
    if (release.revocation().isPresent() || release.retirement().isPresent()) {
      return say(new RolloutPolicy.Done("it is " + release.state()));
    }
    RolloutPolicy.Move move = policy.next(release.rollout(), outcomes.bySite(), Instant.now());
    long nowMillis = published.nowMillis();
    if (move instanceof RolloutPolicy.Raise raise) {
      state(signer, rollout(release, nowMillis, raise.percent(), false, raise.reason()));
    } else if (move instanceof RolloutPolicy.Halt halt) {
      double percent = release.rollout().map(Rollout::sitePercent).orElse(0.0);
      state(signer, rollout(release, nowMillis, percent, true, halt.reason()));
    }
    return say(move);
  }

  private void hear(SiteOutcomes outcomes) {
    AvroDecoder<ModelStatus> decoder = new AvroDecoder<>(ModelStatus.class);
    broker.read(
        Topics.MODEL_STATUS.name(),
        record -> {
          if (decoder.decode(record.value()) instanceof Decoded.Value<ModelStatus> decoded) {
            outcomes.accept(decoded.value());
          }
        });
  }

  private static Rollout rollout(
      Release release, long nowMillis, double percent, boolean halted, String reason) {
    return new Rollout(
        release.id().model(),
        release.id().version(),
        nowMillis,
        percent,
        release.rollout().map(Rollout::sites).orElse(List.of()),
        halted,
        reason);
  }

  private void state(ReleasePublisher.Signer signer, Rollout rollout) {
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signer).state(rollout);
    }
  }

  /** Each thing once: it may wait for days. */
  private RolloutPolicy.Move say(RolloutPolicy.Move move) {
    if (!move.reason().equals(lastReason)) {
      lastReason = move.reason();
      json.print(spec, Said.of(name.id(), move), () -> words(move));
      spec.commandLine().getOut().flush();
    }
    return move;
  }

  private String words(RolloutPolicy.Move move) {
    return "%s %s: %s".formatted(name.id(), Said.verb(move), move.reason());
  }

  /**
   * What was done, for programs.
   *
   * @param move wait, raise, halt or done
   * @param sitePercent where it was raised
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Said(
      String model, String version, String move, @Nullable Double sitePercent, String reason) {

    static Said of(ReleaseId release, RolloutPolicy.Move move) {
      return new Said(
          release.model(),
          release.version(),
          move.getClass().getSimpleName().toLowerCase(Locale.ROOT),
          move instanceof RolloutPolicy.Raise raise ? raise.percent() : null,
          move.reason());
    }

    static String verb(RolloutPolicy.Move move) {
      if (move instanceof RolloutPolicy.Raise raise) {
        return "is for " + raise.percent() + " % of the sites";
      }
      if (move instanceof RolloutPolicy.Halt) {
        return "is halted";
      }
      return move instanceof RolloutPolicy.Done ? "is left as it is" : "waits";
    }
  }
}
