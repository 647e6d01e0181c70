package dev.skerry.warehouse.sample;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * A Connect transformation that makes a retraining sample one flat row: its own fields, those of
 * its detection, those of its telemetry, each once, and of the payload what {@link SampleContent}
 * allows. New fields of newer releases follow by themselves. Not thread-safe, as Connect uses it.
 */
public final class SampleColumns<R extends ConnectRecord<R>> implements Transformation<R> {

  /** The setting that says what of the payload is kept. */
  public static final String CONTENT = "content";

  private static final List<String> PARTS = List.of("detection", "telemetry");
  private static final String PAYLOAD = "payload";

  private SampleContent content = SampleContent.METADATA;
  private @Nullable Schema lastSource;
  private @Nullable Schema lastRow;

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(
            CONTENT,
            ConfigDef.Type.STRING,
            SampleContent.METADATA.name(),
            ConfigDef.Importance.HIGH,
            "metadata, thumbnails or full");
  }

  @Override
  public void configure(Map<String, ?> settings) {
    Object chosen = settings.get(CONTENT);
    String name = chosen == null ? SampleContent.METADATA.name() : chosen.toString();
    try {
      content = SampleContent.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(CONTENT, name, "give metadata, thumbnails or full");
    }
  }

  @Override
  public R apply(R record) {
    if (record.value() == null) {
      return record;
    }
    if (!(record.value() instanceof Struct sample) || sample.schema().field("detection") == null) {
      throw new DataException("The record is no retraining sample");
    }
    Struct row = row(sample);
    return record.newRecord(
        record.topic(),
        record.kafkaPartition(),
        record.keySchema(),
        record.key(),
        row.schema(),
        row,
        record.timestamp());
  }

  private Struct row(Struct sample) {
    Struct row = new Struct(rowSchema(sample.schema()));
    putAll(sample, row);
    for (String part : PARTS) {
      Struct from = sample.getStruct(part);
      if (from != null) {
        putAll(from, row);
      }
    }
    Struct telemetry = sample.getStruct("telemetry");
    if (telemetry != null) {
      PayloadColumns.put(telemetry.getStruct(PAYLOAD), row, content);
    }
    return row;
  }

  private static void putAll(Struct from, Struct row) {
    for (Field field : from.schema().fields()) {
      if (isColumn(field) && row.get(field.name()) == null) {
        row.put(field.name(), from.get(field));
      }
    }
  }

  private static boolean isColumn(Field field) {
    return !PARTS.contains(field.name()) && !field.name().equals(PAYLOAD);
  }

  @SuppressWarnings("ReferenceEquality") // The converter gives the same one each time.
  private Schema rowSchema(Schema source) {
    Schema row = lastRow;
    if (row != null && source == lastSource) {
      return row;
    }
    SchemaBuilder builder = SchemaBuilder.struct().name(source.name() + "Row");
    addColumns(source, builder);
    for (String part : PARTS) {
      Field field = source.field(part);
      if (field != null) {
        addColumns(field.schema(), builder);
      }
    }
    PayloadColumns.addTo(builder, content);
    row = builder.build();
    lastSource = source;
    lastRow = row;
    return row;
  }

  private static void addColumns(Schema from, SchemaBuilder builder) {
    for (Field field : from.fields()) {
      if (isColumn(field) && builder.field(field.name()) == null) {
        builder.field(field.name(), field.schema());
      }
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
