package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics of a flow at its target where they are missing: MirrorMaker would give them the
 * source's settings, and the source's own append times would be lost.
 */
final class TargetTopics {

  private static final Logger log = LoggerFactory.getLogger(TargetTopics.class);

  private TargetTopics() {}

  static void ensure(MirrorFlow flow) throws InterruptedException {
    try (Admin admin = flow.target().admin()) {
      Set<String> present = admin.listTopics().names().get();
      List<NewTopic> missing =
          flow.topics().stream()
              .filter(topic -> !present.contains(topic.name()))
              .map(TargetTopics::atTheTarget)
              .toList();
      if (!missing.isEmpty()) {
        admin.createTopics(missing).all().get();
        log.info("Made {} at {}", missing.stream().map(NewTopic::name).toList(), flow.target());
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) { // Another flow or site was quicker.
        throw new KafkaException(
            "The topics of the " + flow.name() + " flow cannot be made at " + flow.target(), e);
      }
    }
  }

  private static NewTopic atTheTarget(Topic topic) {
    return topic.newTopic(topic.home() == Side.EDGE ? Side.CLOUD : Side.EDGE);
  }
}
