package dev.skerry.bench.prove;

import static java.util.Objects.requireNonNull;

import dev.skerry.bench.process.ChildJvm;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Instances of the processor in one group, and which partitions each of them has. */
final class Instances {

  private static final int PROBE_MILLIS = 100;
  private static final int SETTLED_LOOKS = 5;

  private final ProofSite site;

  Instances(ProofSite site) {
    this.site = site;
  }

  ChildJvm start(String instance) {
    return site.processor(instance, ProveCommand.JVM);
  }

  /** Waits until an instance has partitions and keeps them for a while; returns their numbers. */
  Set<Integer> awaitShare(String instance, Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    Set<Integer> share = Set.of();
    int looks = 0;
    while (looks < SETTLED_LOOKS) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IllegalStateException(
            "The instance %s has no partitions within %s".formatted(instance, patience));
      }
      Set<Integer> now = share(instance);
      looks = !now.isEmpty() && now.equals(share) ? looks + 1 : 0;
      share = now;
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
    return share;
  }

  /** Nothing while the group is about to share anew. */
  private Set<Integer> share(String instance) throws InterruptedException {
    Set<Integer> partitions = new HashSet<>();
    for (MemberDescription member : members(site.admin())) {
      if (member.groupInstanceId().orElse("").startsWith(instance + "-")) {
        member.assignment().topicPartitions().forEach(at -> partitions.add(at.partition()));
      }
    }
    return partitions;
  }

  private static Collection<MemberDescription> members(Admin admin) throws InterruptedException {
    try {
      ConsumerGroupDescription group =
          requireNonNull(
              admin
                  .describeConsumerGroups(List.of(ProofSite.GROUP))
                  .all()
                  .get()
                  .get(ProofSite.GROUP));
      return group.groupState() == GroupState.STABLE ? group.members() : List.of();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of(); // Nobody has joined yet.
      }
      throw new KafkaException("The broker does not describe its group", e);
    }
  }
}
