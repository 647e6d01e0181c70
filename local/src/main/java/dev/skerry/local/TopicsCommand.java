package dev.skerry.local;

import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicSetup;
import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skerry topics apply}: the catalogue's topics at a broker that no operator looks after. */
@Command(
    name = "topics",
    description = "Creates the catalogue's topics at a broker, where they are not there yet.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TopicsCommand implements Callable<Integer> {

  /** What can be done with topics. */
  enum Action {
    APPLY
  }

  @SuppressWarnings("UnusedVariable") // There is one action; the word keeps room for others.
  @Parameters(index = "0", paramLabel = "apply", description = "Create what is missing.")
  private Action action = Action.APPLY;

  @Option(names = "--at", required = true, paramLabel = "SIDE", description = "edge or cloud.")
  private Side side = Side.EDGE;

  @Option(
      names = "--bootstrap",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The broker.")
  private String bootstrap = "";

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Settings of a Kafka client, such as certificates.")
  private Optional<Path> clientConfig = Optional.empty();

  @Override
  public Integer call() throws InterruptedException {
    try (Admin admin = Broker.of(bootstrap, clientConfig).admin()) {
      TopicSetup.ensure(admin, side);
    }
    Topics.at(side).forEach(topic -> System.out.println(topic.name()));
    return ExitCode.OK;
  }
}
