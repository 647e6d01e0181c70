package dev.skerry.local.mirror;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much of the link a flow may take: a quota of its reader at the source's broker, which lets it
 * wait before anything is on the link. It needs no consent of the other side.
 */
final class ReadQuota {

  private static final String RATE = "consumer_byte_rate";

  private static final Logger log = LoggerFactory.getLogger(ReadQuota.class);

  private ReadQuota() {}

  /**
   * Makes the broker's quota that of the flow; a flow without a bound has none. What comes down
   * never has one, and the cloud's quotas are not the site's to set.
   */
  static void apply(MirrorFlow flow) throws InterruptedException {
    if (flow.comesDown()) {
      return;
    }
    OptionalLong rate = flow.maxBytesPerSecond();
    ClientQuotaAlteration.Op op =
        new ClientQuotaAlteration.Op(RATE, rate.isPresent() ? (double) rate.getAsLong() : null);
    ClientQuotaEntity reader =
        new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, flow.readerId()));
    try (Admin admin = flow.source().admin()) {
      admin.alterClientQuotas(List.of(new ClientQuotaAlteration(reader, List.of(op)))).all().get();
    } catch (ExecutionException e) {
      if (rate.isEmpty() && e.getCause() instanceof AuthorizationException) {
        log.debug("No right to look after quotas, and none is wanted for {}", flow.name(), e);
        return;
      }
      throw new KafkaException(
          "The quota of the " + flow.name() + " flow cannot be set at " + flow.source(), e);
    }
  }
}
