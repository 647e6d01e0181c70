package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.Closed;
import dev.skerry.aggregator.window.WindowKey;
import dev.skerry.schemas.DriftKey;
import dev.skerry.schemas.DriftReport;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.ModelContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Compares each closed window with the model's reference, and reports: while enough windows in a
 * row have drifted, one report for each of them; and one when it is over. A window has drifted
 * where its index reaches the threshold and is more than chance gives a fleet of so many devices.
 * What comes late and windows that are too small are not judged.
 */
@SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
final class JudgeWindows
    extends ContextualProcessor<WindowKey, Closed<Histograms>, DriftKey, DriftReport> {

  static final String STORE = "drift-verdicts";

  private final DriftRules rules;
  private final References references;
  private final DriftMetrics metrics;
  private final SamplingNoise noise = new SamplingNoise();
  private KeyValueStore<String, Long> verdicts;

  private JudgeWindows(DriftRules rules, References references, DriftMetrics metrics) {
    this.rules = rules;
    this.references = references;
    this.metrics = metrics;
  }

  /** The step with its store: what was said last survives a restart. */
  static ProcessorSupplier<WindowKey, Closed<Histograms>, DriftKey, DriftReport> supplier(
      DriftRules rules, References references, DriftMetrics metrics) {
    return new ProcessorSupplier<>() {
      @Override
      public JudgeWindows get() {
        return new JudgeWindows(rules, references, metrics);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.Long()));
      }
    };
  }

  @Override
  public void init(ProcessorContext<DriftKey, DriftReport> initial) {
    super.init(initial);
    verdicts = initial.getStateStore(STORE);
  }

  @Override
  public void process(Record<WindowKey, Closed<Histograms>> closed) {
    WindowKey.Group group = closed.key().group();
    Histograms observed = closed.value().sum();
    Optional<ModelContract> contract = references.of(group.model(), group.modelVersion());
    if (closed.value().late() || contract.isEmpty()) {
      return;
    }
    if (observed.records < rules.minCount()) {
      metrics.tooSmall();
      return;
    }
    DriftSubject subject = Subject.of(group);
    contract
        .map(ModelContract::reference)
        .map(reference -> Subject.references(reference, subject))
        .orElse(List.of())
        .forEach(reference -> judge(closed, subject, reference));
  }

  private void judge(
      Record<WindowKey, Closed<Histograms>> closed, DriftSubject subject, Distribution reference) {
    WindowKey key = closed.key();
    Histograms observed = closed.value().sum();
    long[] counts = observed.countsByName.get(reference.name());
    if (counts == null || counts.length != reference.bins()) {
      return; // Counted in the bins of a file that was exchanged meanwhile.
    }
    List<Double> shares = StabilityIndex.shares(counts);
    double index = StabilityIndex.of(reference, shares);
    double chance = noise.of(reference, observed.devices.count());
    String subjectKey = storeKey(key.group(), reference.name());
    Long stored = verdicts.get(subjectKey);
    Verdict before = stored == null ? Verdict.NONE : Verdict.decode(stored);
    boolean drifted = index >= rules.threshold() && index > chance;
    Verdict now = before.next(drifted, rules.windowsInARow());
    verdicts.put(subjectKey, now.encode());
    double threshold = Math.max(rules.threshold(), chance);
    metrics.measured(key.group(), reference.name(), index, threshold, now.drifting());
    if (now.drifting() || before.drifting()) {
      context()
          .forward(
              new Record<>(
                  new DriftKey(key.group().stream().siteId(), key.group().stream().stream()),
                  report(key, subject, reference, observed.records, shares, index, threshold, now),
                  closed.timestamp()));
    }
  }

  private DriftReport report(
      WindowKey key,
      DriftSubject subject,
      Distribution reference,
      long records,
      List<Double> shares,
      double index,
      double threshold,
      Verdict verdict) {
    return DriftReport.newBuilder()
        .setSiteId(key.group().stream().siteId())
        .setStream(key.group().stream().stream())
        .setModel(key.group().model())
        .setModelVersion(key.group().modelVersion())
        .setWindowStart(Instant.ofEpochMilli(key.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(key.endMillis()))
        .setSubject(subject)
        .setName(reference.name())
        .setCount(records)
        .setEdges(reference.edges())
        .setReferenceShares(reference.shares())
        .setObservedShares(shares)
        .setPopulationStabilityIndex(index)
        .setThreshold(threshold)
        .setDriftedWindows(verdict.driftedWindows())
        .setDrifting(verdict.drifting())
        .build();
  }

  private static String storeKey(WindowKey.Group group, String name) {
    return String.join(
        "\0",
        group.stream().siteId(),
        group.stream().stream(),
        group.model(),
        group.modelVersion(),
        group.label(),
        name);
  }
}
