package dev.skerry.retrain.select;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Lets the candidates pass that the budget affords. */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class SpendBudget implements FixedKeyProcessor<byte[], byte[], byte[]> {

  private static final String STORE = "budget-spent";
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

  private final Limits limits;
  private final SelectMetrics metrics;
  private FixedKeyProcessorContext<byte[], byte[]> context;
  private Ledger ledger;
  private Budget budget;

  private SpendBudget(Limits limits, SelectMetrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
  }

  /** The step with its store, on disk and logged once a commit, and that of the drift reports. */
  static FixedKeyProcessorSupplier<byte[], byte[], byte[]> supplier(
      Limits limits,
      SelectMetrics metrics,
      StoreBuilder<KeyValueStore<String, Long>> driftingStreams) {
    return new FixedKeyProcessorSupplier<>() {
      @Override
      public FixedKeyProcessor<byte[], byte[], byte[]> get() {
        return new SpendBudget(limits, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled(),
            driftingStreams);
      }
    };
  }

  @Override
  public void init(FixedKeyProcessorContext<byte[], byte[]> initial) {
    context = initial;
    ledger = new Ledger(context.getStateStore(STORE));
    budget =
        new Budget(
            limits, ledger, new DriftingStreams(context.getStateStore(DriftingStreams.STORE)));
    context.schedule(
        FORGET_EVERY,
        PunctuationType.WALL_CLOCK_TIME,
        now -> ledger.forgetBefore(context.currentStreamTimeMs()));
  }

  @Override
  public void process(FixedKeyRecord<byte[], byte[]> candidate) {
    int bytes = candidate.value().length;
    Verdict verdict = budget.decide(Claim.of(candidate.headers()), candidate.timestamp(), bytes);
    metrics.count(verdict, bytes);
    if (verdict instanceof Verdict.Admitted) {
      context.forward(candidate.withHeaders(Claim.removeFrom(candidate.headers())));
    }
  }
}
