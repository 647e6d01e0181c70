package dev.skerry.local.letters;

import dev.skerry.local.topic.Broker;
import dev.skerry.local.topic.TopicReader;
import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The dead letters of a broker. */
final class Letters {

  private Letters() {}

  /** Those for which something holds, the oldest first. */
  static List<Letter> read(Broker broker, Predicate<Letter> wanted) {
    AvroDecoder<DeadLetter> decoder = new AvroDecoder<>(DeadLetter.class);
    List<Letter> letters = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker)) {
      reader.readToEnd(
          reader.beginnings(reader.partitions(List.of(Topics.DEAD_LETTERS.name()))),
          record -> add(record, decoder, wanted, letters));
    }
    letters.sort(
        Comparator.comparing((Letter letter) -> letter.content().getFailedAt())
            .thenComparing(Letter::id));
    return letters;
  }

  private static void add(
      ConsumerRecord<byte[], byte[]> record,
      AvroDecoder<DeadLetter> decoder,
      Predicate<Letter> wanted,
      List<Letter> letters) {
    if (record.value() != null
        && decoder.decode(record.value()) instanceof Decoded.Value<DeadLetter> decoded) {
      Letter letter =
          new Letter(new LetterId(record.partition(), record.offset()), decoded.value());
      if (wanted.test(letter)) {
        letters.add(letter);
      }
    }
  }
}
