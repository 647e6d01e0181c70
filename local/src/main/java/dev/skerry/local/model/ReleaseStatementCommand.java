package dev.skerry.local.model;

import dev.skerry.schemas.release.Release;
import dev.skerry.schemas.release.ReleasePublisher;
import dev.skerry.schemas.release.Statement;
import dev.skerry.service.ExitCode;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.KafkaProducer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Says something of a release that is published: signs it, writes it and prints it.
 *
 * @param <S> what is said
 */
abstract class ReleaseStatementCommand<S extends Statement> implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ReleaseName name = new ReleaseName();

  @Mixin private KeyOption key = new KeyOption();

  @Mixin private BrokerOption broker = new BrokerOption();

  @Mixin private JsonOption json = new JsonOption();

  @Override
  public final Integer call() {
    ReleasePublisher.Signer signer = key.signer(broker.files());
    PublishedReleases published = PublishedReleases.read(broker);
    Release release = published.require(name.id());
    S statement = statement(release, published.nowMillis());
    try (KafkaProducer<byte[], byte[]> producer = broker.newProducer()) {
      write(new ReleasePublisher(producer, signer), statement, release);
    }
    json.print(spec, statement, () -> name.id() + " " + words(statement));
    return ExitCode.OK;
  }

  /** What is said of the release, at a moment since the epoch. */
  abstract S statement(Release release, long nowMillis);

  void write(ReleasePublisher publisher, S statement, Release release) {
    publisher.state(statement);
  }

  /** What then holds of the release, for people, after its name. */
  abstract String words(S statement);

  final CommandSpec spec() {
    return spec;
  }
}
