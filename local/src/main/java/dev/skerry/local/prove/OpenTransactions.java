package dev.skerry.local.prove;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;

/** Asks the broker whether a part's producers have transactions open. */
final class OpenTransactions {

  private static final Set<TransactionState> OPEN =
      Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT);

  private final Admin admin;
  private final String idPrefix;

  OpenTransactions(Admin admin, String idPrefix) {
    this.admin = admin;
    this.idPrefix = idPrefix;
  }

  boolean any() throws InterruptedException {
    try {
      return admin
          .listTransactions(new ListTransactionsOptions().filterStates(OPEN))
          .all()
          .get()
          .stream()
          .anyMatch(transaction -> transaction.transactionalId().startsWith(idPrefix));
    } catch (ExecutionException e) {
      throw new KafkaException("The broker does not list its transactions", e.getCause());
    }
  }
}
