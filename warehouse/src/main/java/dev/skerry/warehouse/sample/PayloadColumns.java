package dev.skerry.warehouse.sample;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The columns that say what was measured: always its shape, and by policy the thing itself. */
final class PayloadColumns {

  private static final String VALUES = "values";
  private static final String IMAGE = "image";
  private static final String THUMBNAIL = "thumbnail";

  private PayloadColumns() {}

  static void addTo(SchemaBuilder row, SampleContent content) {
    row.field("payloadKind", Schema.OPTIONAL_STRING_SCHEMA);
    row.field("channels", Schema.OPTIONAL_INT32_SCHEMA);
    row.field("steps", Schema.OPTIONAL_INT32_SCHEMA);
    row.field("sampleRateHz", Schema.OPTIONAL_FLOAT32_SCHEMA);
    row.field("encoding", Schema.OPTIONAL_STRING_SCHEMA);
    row.field("width", Schema.OPTIONAL_INT32_SCHEMA);
    row.field("height", Schema.OPTIONAL_INT32_SCHEMA);
    if (content == SampleContent.THUMBNAILS) {
      row.field(THUMBNAIL, Schema.OPTIONAL_BYTES_SCHEMA);
    }
    if (content == SampleContent.FULL) {
      row.field(VALUES, SchemaBuilder.array(Schema.FLOAT32_SCHEMA).optional().build());
      row.field(IMAGE, Schema.OPTIONAL_BYTES_SCHEMA);
    }
  }

  /** The payload is a union: a struct with a field for each kind, of which one is set. */
  static void put(@Nullable Struct payload, Struct row, SampleContent content) {
    if (payload == null) {
      return;
    }
    for (Field kind : payload.schema().fields()) {
      Struct measured = payload.getStruct(kind.name());
      if (measured != null) {
        row.put("payloadKind", kind.name());
        copy(measured, row);
        putContent(measured, row, content);
      }
    }
  }

  private static void copy(Struct measured, Struct row) {
    for (Field field : measured.schema().fields()) {
      if (row.schema().field(field.name()) != null
          && (content(field) || field.schema().type().isPrimitive())) {
        row.put(field.name(), measured.get(field));
      }
    }
  }

  private static boolean content(Field field) {
    return field.name().equals(VALUES);
  }

  private static void putContent(Struct measured, Struct row, SampleContent content) {
    Field data = measured.schema().field("data");
    if (data == null || content == SampleContent.METADATA) {
      return;
    }
    byte[] image = measured.getBytes(data.name());
    if (content == SampleContent.FULL) {
      row.put(IMAGE, image);
    } else {
      Thumbnail.of(image).ifPresent(small -> row.put(THUMBNAIL, small));
    }
  }
}
