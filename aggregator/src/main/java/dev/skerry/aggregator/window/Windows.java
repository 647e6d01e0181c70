package dev.skerry.aggregator.window;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The steps from records to windows: each partition of the input is added up by itself, the partial
 * sums of a stream come together in one partition, and each window is given out once when it
 * closes.
 *
 * @param name of this set of windows in metrics
 * @param prefix of the names of stores and internal topics; to change it is to lose what they hold
 * @param inputFullyRead whether all input was processed a moment ago; called by stream threads
 * @param openWindows shows the windows that are open
 */
public record Windows<S>(
    String name,
    String prefix,
    WindowRules rules,
    Addition<S> addition,
    BooleanSupplier inputFullyRead,
    OpenWindows<S> openWindows) {

  /**
   * Adds each partition of an input up by itself.
   *
   * @param input of this set, a part of the names
   * @param contribution makes what a record adds, one for each stream task
   * @param tellsTime whether the records tell how far their streams have got
   */
  public <V> KStream<WindowKey, S> partials(
      String input,
      KStream<byte[], V> records,
      Supplier<Contribution<V, S>> contribution,
      boolean tellsTime) {
    String store = prefix + input + "partials-held";
    ProcessorSupplier<byte[], V, WindowKey, S> supplier =
        new ProcessorSupplier<>() {
          @Override
          public Processor<byte[], V, WindowKey, S> get() {
            return new PartialSums<>(rules, contribution.get(), store, tellsTime);
          }

          @Override
          public Set<StoreBuilder<?>> stores() {
            return Set.of(HeldSumsBuilder.inMemory(store, addition));
          }
        };
    return records.process(supplier, Named.as(prefix + input + "add-up-partition"));
  }

  /** Brings partial sums together and closes the windows. */
  public KStream<WindowKey, Closed<S>> closed(
      List<KStream<WindowKey, S>> partials, MeterRegistry registry) {
    KStream<WindowKey, S> merged = partials.stream().reduce(KStream::merge).orElseThrow();
    return merged
        .repartition(
            Repartitioned.<WindowKey, S>as(prefix + "partials")
                .withKeySerde(new WindowKeySerde())
                .withValueSerde(sums())
                .withStreamPartitioner(
                    (topic, key, sum, partitions) -> key.stream().partition(partitions)))
        .process(
            new WindowClosing<>(this, new WindowMetrics(registry, name)),
            Named.as(prefix + "close-windows"));
  }

  private Serde<S> sums() {
    return Serdes.serdeFrom(
        (topic, sum) -> addition.encode(sum), (topic, bytes) -> addition.decode(bytes));
  }

  String open() {
    return prefix + "windows-open";
  }

  String clocks() {
    return prefix + "windows-clocks";
  }
}
