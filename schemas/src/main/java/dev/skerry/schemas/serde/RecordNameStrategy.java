package dev.skerry.schemas.serde;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** The record's full name: a type evolves in all topics together. */
public final class RecordNameStrategy implements SubjectNameStrategy {

  @Override
  public String subject(String topic, boolean isKey, Schema schema) {
    return recordName(topic, schema);
  }

  static String recordName(String topic, Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new SerializationException(
          topic
              + ": the subject is named after the record, and a "
              + schema.getType().getName()
              + " is none; use "
              + TopicNameStrategy.class.getName());
    }
    return schema.getFullName();
  }
}
