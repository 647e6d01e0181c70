package dev.skerry.local.model;

import dev.skerry.schemas.release.KeyRevocation;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.SigningKey;
import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code skerry model revoke-key}: nothing that a key has signed counts any more. */
@Command(
    name = "revoke-key",
    description = {
      "Revokes the key that is given at all sites, for ever: what it signed is taken back where it",
      "serves, and refused from then on. Only the key itself can say so; where it is lost, take its",
      ".pub file away from the sites."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelRevokeKeyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  @Mixin private SigningKeyOption key = new SigningKeyOption();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public Integer call() {
    SigningKey signing = key.read(broker.files());
    KeyRevocation revocation =
        new KeyRevocation(signing.id(), PublishedReleases.read(broker).nowMillis(), reason);
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      new ReleasePublisher(producer, signing::sign).state(revocation);
    }
    json.print(spec, revocation, () -> "The key " + signing.id() + " counts no more at any site");
    return ExitCode.OK;
  }
}
