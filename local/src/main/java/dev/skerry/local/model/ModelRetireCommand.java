package dev.skerry.local.model;

import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Retirement;
import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry model retire}: no further site takes a release. */
@Command(
    name = "retire",
    description = {
      "Lets no further site take a release, and empties its chunks; where it serves, it does until",
      "something newer replaces it."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRetireCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReleaseName name = new ReleaseName();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = false,
      description = "Why; sites write it to model-status.")
  private String reason = "";

  @Mixin private KeyOption key = new KeyOption();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    ReleasePublisher.Signer signer = key.signer(broker.files());
    PublishedReleases published = PublishedReleases.read(broker);
    Release release = published.require(name.id());
    Retirement statement =
        new Retirement(release.id().model(), release.id().version(), published.nowMillis(), reason);
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signer).retire(statement, release.manifest());
    }
    json.print(spec, statement, () -> name.id() + " is retired");
    return ExitCode.OK;
  }
}
