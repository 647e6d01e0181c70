package dev.skerry.retrain.dataset;

import dev.skerry.schemas.Label;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Samples and their labels by sample id, in the order of the ids. Not thread-safe. */
final class Join {

  private final SampleStore store;
  private final AvroDecoder<RetrainingSample> samples;
  private final AvroDecoder<Label> labels;

  /**
   * A sample that has a label.
   *
   * @param labelBytes the label's record
   */
  @SuppressWarnings("ArrayRecordComponent") // These are not compared.
  record Labelled(UUID id, RetrainingSample sample, Label label, byte[] labelBytes) {

    DatasetRow row() {
      return DatasetRow.of(sample, label);
    }

    String stream() {
      return sample.getTelemetry().getStream();
    }
  }

  Join(SampleStore store, WriterSchemas schemas) {
    this.store = store;
    this.samples = new AvroDecoder<>(RetrainingSample.class, schemas);
    this.labels = new AvroDecoder<>(Label.class, schemas);
  }

  /** All of them, by id. */
  void each(Consumer<Labelled> consumer) {
    store.labels((id, bytes) -> labelled(id, bytes).ifPresent(consumer));
  }

  /** One of them; empty where sample or label is missing or the label is none to train on. */
  Optional<Labelled> find(UUID id) {
    try {
      return store.label(id).flatMap(bytes -> labelled(id, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Labelled> labelled(UUID id, byte[] labelBytes) {
    Optional<Label> label =
        value(labels.decode(labelBytes))
            .filter(found -> !found.getUnusable() && !found.getWithdrawn());
    if (label.isEmpty()) {
      return Optional.empty();
    }
    try {
      return store
          .sample(id)
          .flatMap(bytes -> value(samples.decode(bytes)))
          .map(sample -> new Labelled(id, sample, label.get(), labelBytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Optional<T> value(Decoded<T> decoded) {
    return decoded instanceof Decoded.Value<T> value
        ? Optional.of(value.value())
        : Optional.empty();
  }
}
