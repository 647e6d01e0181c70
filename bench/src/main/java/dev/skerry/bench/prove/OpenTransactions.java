package dev.skerry.bench.prove;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;

/** Asks the broker in which state the transactions of a frozen process are. */
public final class OpenTransactions {

  private static final Set<TransactionState> UNDER_WAY =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT);

  private static final int SETTLE_MILLIS = 100;

  private final Admin admin;
  private final String idPrefix;

  /**
   * For the transactions of one process.
   *
   * @param idPrefix with which the ids of all of its transactions begin
   */
  public OpenTransactions(Admin admin, String idPrefix) {
    this.admin = admin;
    this.idPrefix = idPrefix;
  }

  /**
   * How many transactions the frozen process has left open. What it had sent before it was frozen
   * is let arrive first: the answer counts when two looks in a row see the same, and none of it is
   * about to end.
   */
  public int leftOpen() throws InterruptedException {
    Map<String, TransactionState> before = states();
    while (true) {
      TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
      Map<String, TransactionState> now = states();
      boolean settled =
          now.equals(before)
              && now.values().stream().allMatch(state -> state == TransactionState.ONGOING);
      if (settled) {
        return now.size();
      }
      before = now;
    }
  }

  private Map<String, TransactionState> states() throws InterruptedException {
    try {
      Map<String, TransactionState> states = new HashMap<>();
      for (TransactionListing transaction :
          admin
              .listTransactions(new ListTransactionsOptions().filterStates(UNDER_WAY))
              .all()
              .get()) {
        if (transaction.transactionalId().startsWith(idPrefix)) {
          states.put(transaction.transactionalId(), transaction.state());
        }
      }
      return states;
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not list its transactions", e);
    }
  }
}
