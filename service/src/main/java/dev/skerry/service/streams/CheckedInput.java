package dev.skerry.service.streams;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.serde.Decoded;
import dev.skerry.schemas.serde.SkerryAvroSerde;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topic;
import dev.skerry.schemas.topic.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The first step of a topology: a topic read as bytes, decoded, checked, and what cannot be read
 * sent to the dead letters. A Kafka deserializer that throws would stall the partition at that
 * offset for ever. What only a newer release can read is neither: {@link Parking} keeps it back.
 *
 * @param topic what is read
 * @param type what its values should be
 * @param schemas what is known of the schemas that they were written with
 * @param rules what a value must obey beyond its schema: returns it, or why it is refused
 * @param siteId the site that gives up on bad records
 * @param stage the part that gives up on bad records
 */
public record CheckedInput<T extends SpecificRecord>(
    Topic topic,
    Class<T> type,
    WriterSchemas schemas,
    Function<T, Decoded<T>> rules,
    String siteId,
    String stage) {

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  /** Adds the step to a topology; what goes on has the record's own key. */
  public KStream<byte[], Reading.Value<T>> read(StreamsBuilder builder, MeterRegistry metrics) {
    return read(builder, UnaryOperator.identity(), metrics);
  }

  /**
   * The same after another step.
   *
   * @param first adds that step to what comes from the topic
   */
  public KStream<byte[], Reading.Value<T>> read(
      StreamsBuilder builder, UnaryOperator<KStream<byte[], byte[]>> first, MeterRegistry metrics) {
    DeadLetters letters = new DeadLetters(siteId, stage);
    KStream<byte[], byte[]> records =
        builder.stream(topic.name(), Consumed.with(BYTES, BYTES).withName(topic.name()));
    KStream<byte[], Reading<T>> readings =
        first
            .apply(records)
            .processValues(() -> new Decoding<>(type, schemas, rules, letters), named("decode"));
    readings
        .flatMapValues(CheckedInput::letter, named("give-up"))
        .peek((key, letter) -> count(letter, metrics), named("count-dead-letters"))
        .to(
            Topics.DEAD_LETTERS.name(),
            Produced.with(BYTES, SkerryAvroSerde.of(DeadLetter.class))
                .withName("dead-letters-of-" + topic.name()));
    return readings.flatMapValues(CheckedInput::value, named("readable"));
  }

  private Named named(String step) {
    return Named.as(step + "-" + topic.name());
  }

  private static <T> List<DeadLetter> letter(Reading<T> reading) {
    return reading instanceof Reading.Dead<T> dead ? List.of(dead.letter()) : List.of();
  }

  private static <T> List<Reading.Value<T>> value(Reading<T> reading) {
    return reading instanceof Reading.Value<T> value ? List.of(value) : List.of();
  }

  private static void count(DeadLetter letter, MeterRegistry metrics) {
    Counter.builder("skerry.dead.letters")
        .description("Records that could not be answered")
        .tag("stage", letter.getStage())
        .tag("reason", letter.getReason().name())
        .register(metrics)
        .increment();
  }
}
