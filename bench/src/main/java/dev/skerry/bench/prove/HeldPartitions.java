package dev.skerry.bench.prove;

import dev.skerry.schemas.topic.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the cloud in which shared partitions a site's mirror, frozen, has left transactions open.
 */
final class HeldPartitions {

  private final Admin admin;
  private final String site;
  private final OpenTransactions open;
  private final Set<String> topics;

  HeldPartitions(Admin admin, String site, List<Topic> topics) {
    this.admin = admin;
    this.site = site;
    this.open = new OpenTransactions(admin, site);
    this.topics = topics.stream().map(Topic::name).collect(Collectors.toSet());
  }

  /** These partitions, when nothing of the frozen process is on its way any more. */
  Set<TopicPartition> leftOpen() throws InterruptedException {
    return open.leftOpen() == 0 ? Set.of() : held();
  }

  private Set<TopicPartition> held() throws InterruptedException {
    try {
      List<String> ids =
          admin.listTransactions().all().get().stream()
              .filter(transaction -> transaction.state() == TransactionState.ONGOING)
              .map(TransactionListing::transactionalId)
              .filter(id -> id.startsWith(site))
              .toList();
      Set<TopicPartition> partitions = new HashSet<>();
      for (TransactionDescription transaction :
          admin.describeTransactions(ids).all().get().values()) {
        partitions.addAll(transaction.topicPartitions());
      }
      partitions.removeIf(partition -> !topics.contains(partition.topic()));
      return partitions;
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not describe its transactions", e);
    }
  }
}
