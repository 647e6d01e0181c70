package dev.skerry.local.model;

import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Revocation;
import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry model rollback}: a release is taken back everywhere. */
@Command(
    name = "rollback",
    description = {
      "Takes a release back at all sites: where it serves, what served before does again, and it",
      "never comes back. To serve that file again, publish it as a new version."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRollbackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReleaseName name = new ReleaseName();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
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
    Revocation statement =
        new Revocation(release.id().model(), release.id().version(), published.nowMillis(), reason);
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signer).state(statement);
    }
    json.print(spec, statement, () -> name.id() + " is taken back at all sites");
    return ExitCode.OK;
  }
}
