package dev.skerry.local.model;

import dev.skerry.schemas.release.InvalidStatementException;
import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Rollout;
import dev.skerry.service.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code skerry model rollout}: which sites take a release. */
@Command(
    name = "rollout",
    description = {
      "Says which sites take a release: a percentage by a stable hash of their ids, so that"
          + " raising",
      "it only adds sites, and sites by name. What is left out stays as it was."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRolloutCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReleaseName name = new ReleaseName();

  @Option(
      names = "--site-percent",
      paramLabel = "N",
      description = "Percent of the sites that take it.")
  private Optional<Double> sitePercent = Optional.empty();

  @Option(
      names = "--sites",
      split = ",",
      paramLabel = "SITE",
      description = "Sites that take it in any case, in place of those before.")
  private @Nullable List<String> sites;

  @Option(names = "--halt", description = "No further site takes it, whatever else is said.")
  private boolean halt;

  @Mixin private KeyOption key = new KeyOption();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    ReleasePublisher.Signer signer = key.signer(broker.files());
    PublishedReleases published = PublishedReleases.read(broker);
    Release release = published.require(name.id());
    Rollout rollout = rollout(release, published.nowMillis());
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signer).state(rollout);
    }
    json.print(
        spec,
        rollout,
        () ->
            rollout.halted()
                ? name.id() + " is halted"
                : name.id() + " is for " + rollout.sitePercent() + " % of the sites");
    return ExitCode.OK;
  }

  private Rollout rollout(Release release, long nowMillis) {
    Optional<Rollout> before = release.rollout();
    try {
      return new Rollout(
          release.id().model(),
          release.id().version(),
          nowMillis,
          sitePercent.or(() -> before.map(Rollout::sitePercent)).orElse(0.0),
          sites == null ? before.map(Rollout::sites).orElse(List.of()) : sites,
          halt,
          halt ? "halted by hand" : "by hand");
    } catch (InvalidStatementException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
