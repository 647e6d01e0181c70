package dev.skerry.local.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Records of one topic as JSON for people: where it stands, key and value decoded. */
public final class RecordJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<AvroDecoder<? extends SpecificRecord>> key;
  private final AvroDecoder<? extends SpecificRecord> value;

  public RecordJson(Topic topic) {
    this.key = topic.key().map(AvroDecoder::new);
    this.value = new AvroDecoder<>(topic.value());
  }

  /** One line of JSON; where bytes cannot be decoded it says why under {@code problem}. */
  public String of(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode line = JSON.createObjectNode();
    line.put("partition", record.partition());
    line.put("offset", record.offset());
    line.put("timestamp", Instant.ofEpochMilli(record.timestamp()).toString());
    putKey(line, record.key());
    if (record.value() == null) {
      line.putNull("value");
    } else {
      putDecoded(line, "value", value.decode(record.value()));
    }
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void putKey(ObjectNode line, byte @Nullable [] bytes) {
    if (bytes == null) {
      line.putNull("key");
    } else if (key.isPresent()) {
      putDecoded(line, "key", key.get().decode(bytes));
    } else {
      line.put("key", new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private static void putDecoded(
      ObjectNode line, String name, Decoded<? extends SpecificRecord> decoded) {
    if (decoded instanceof Decoded.Value<? extends SpecificRecord> known) {
      line.putRawValue(name, new RawValue(SpecificData.get().toString(known.value())));
    } else if (decoded instanceof Decoded.Malformed<? extends SpecificRecord> malformed) {
      line.putNull(name);
      line.put("problem", malformed.detail());
    } else if (decoded instanceof Decoded.NotYetKnown<? extends SpecificRecord> unknown) {
      line.putNull(name);
      line.put("problem", unknown.detail());
    }
  }
}
