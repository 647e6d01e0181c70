package dev.skerry.schemas.serde;

import org.apache.avro.Schema;

/** The topic's name with {@code -key} or {@code -value}: one type of record for each topic. */
public final class TopicNameStrategy implements SubjectNameStrategy {

  @Override
  public String subject(String topic, boolean isKey, Schema schema) {
    return topic + (isKey ? "-key" : "-value");
  }
}
