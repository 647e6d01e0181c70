package dev.skerry.bench.prove.loop;

import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.ModelStatus;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which versions a site has promoted, by its own topic.
 *
 * @param edge bootstrap servers of the site
 */
record PromotedVersions(String edge) {

  boolean has(String model, String version) {
    AtomicBoolean found = new AtomicBoolean();
    AvroDecoder<ModelStatus> statuses = new AvroDecoder<>(ModelStatus.class);
    try (TopicReader reader = new TopicReader(edge)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.MODEL_STATUS.name()))),
          record -> {
            if (statuses.decode(record.value()) instanceof Decoded.Value<ModelStatus> status
                && status.value().getModel().equals(model)
                && version.equals(status.value().getChampionVersion())) {
              found.set(true);
            }
          });
    }
    return found.get();
  }
}
