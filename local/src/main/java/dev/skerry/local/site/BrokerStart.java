package dev.skerry.local.site;

import dev.skerry.broker.BrokerProbe;
import dev.skerry.local.supervise.PartFailure;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.local.topic.Broker;
import org.apache.kafka.clients.admin.Admin;

/** Waits until a broker that was started answers, and does what is to be done first. */
final class BrokerStart {

  private BrokerStart() {}

  /** What is to be done first at a broker. */
  @FunctionalInterface
  interface First {
    void with(Admin admin) throws InterruptedException;
  }

  static void await(Broker broker, Supervisor supervisor, First first) throws InterruptedException {
    try (Admin admin = BrokerProbe.admin(broker.client())) {
      if (!BrokerProbe.awaitAnswer(admin, () -> throwOnFailure(supervisor))) {
        throw new SiteFailedException("The broker at " + broker + " does not answer; see its log");
      }
      first.with(admin);
    }
  }

  static void throwOnFailure(Supervisor supervisor) {
    if (supervisor.failure().isDone()) {
      PartFailure failure = supervisor.failure().join();
      throw new SiteFailedException(failure);
    }
  }
}
