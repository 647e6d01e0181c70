package dev.skerry.schemas.serde;

import org.apache.avro.Schema;

/** The topic's name, a dash and the record's full name: several types of record in one topic. */
public final class TopicRecordNameStrategy implements SubjectNameStrategy {

  @Override
  public String subject(String topic, boolean isKey, Schema schema) {
    return topic + "-" + RecordNameStrategy.recordName(topic, schema);
  }
}
