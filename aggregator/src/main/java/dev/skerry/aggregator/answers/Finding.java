package dev.skerry.aggregator.answers;

import dev.skerry.schemas.AnswerEntry;
import dev.skerry.schemas.AnswerKey;
import dev.skerry.schemas.AnswerVerdict;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * Something that is now known of a range of records of one partition.
 *
 * @param first the first offset; in a complete one where counting began
 * @param end the one after the last
 * @param count how many records it is true of, 0 and up
 */
record Finding(TopicPartition source, AnswerVerdict verdict, long first, long end, long count) {

  AnswerKey key(String siteId) {
    long keyOffset = verdict == AnswerVerdict.COMPLETE ? 0 : first;
    return new AnswerKey(siteId, source.topic(), source.partition(), verdict, keyOffset);
  }

  AnswerEntry entry(String siteId, long nowMillis) {
    return AnswerEntry.newBuilder()
        .setSiteId(siteId)
        .setTopic(source.topic())
        .setPartition(source.partition())
        .setVerdict(verdict)
        .setFirstOffset(first)
        .setEndOffset(end)
        .setCount(count)
        .setJudgedAt(Instant.ofEpochMilli(nowMillis))
        .build();
  }
}
