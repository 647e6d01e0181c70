package dev.skerry.inference.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skerry.schemas.DeadLetter;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.SourceHeader;
import dev.skerry.schemas.SourceRef;
import dev.skerry.schemas.serde.SkerryAvroDeserializer;
import dev.skerry.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a reader finds who knows nothing of the service: the questions by (partition, offset), and
 * the answers by the question that they name.
 *
 * @param questions every telemetry record
 * @param detections in the order of their partitions
 * @param deadLetters in the order of their partitions
 * @param overflow where the records that are left to the cloud stood
 */
public record Guarantee(
    List<ConsumerRecord<byte[], byte[]>> questions,
    List<Detection> detections,
    List<DeadLetter> deadLetters,
    List<SourceRef> overflow) {

  private record Place(int partition, long offset) {
    static Place of(SourceRef source) {
      return new Place(source.getPartition(), source.getOffset());
    }
  }

  /** Reads all three topics to their ends. */
  public static Guarantee read(Edge edge) {
    SkerryAvroDeserializer<Detection> detection = new SkerryAvroDeserializer<>(Detection.class);
    SkerryAvroDeserializer<DeadLetter> deadLetter = new SkerryAvroDeserializer<>(DeadLetter.class);
    return new Guarantee(
        edge.readAll(Topics.TELEMETRY),
        edge.readAll(Topics.DETECTIONS).stream()
            .map(record -> detection.deserialize(record.topic(), record.value()))
            .toList(),
        edge.readAll(Topics.DEAD_LETTERS).stream()
            .map(record -> deadLetter.deserialize(record.topic(), record.value()))
            .toList(),
        edge.readAll(Topics.TELEMETRY_OVERFLOW).stream()
            .map(record -> SourceHeader.read(record.headers()).orElseThrow())
            .toList());
  }

  /** NOTHING_LOST, NOTHING_TWICE and ORDER_PER_DEVICE. */
  public void assertHolds() {
    assertNothingLostAndNothingTwice();
    assertOrderPerDevice();
  }

  private void assertNothingLostAndNothingTwice() {
    Set<Place> asked = new HashSet<>();
    questions.forEach(record -> asked.add(new Place(record.partition(), record.offset())));
    List<Place> answered = new ArrayList<>();
    detections.forEach(detection -> answered.add(Place.of(detection.getSource())));
    deadLetters.forEach(letter -> answered.add(Place.of(letter.getSource())));
    overflow.forEach(source -> answered.add(Place.of(source)));

    // Sets say in a moment what assertions on lists take many seconds for.
    Set<Place> once = new HashSet<>();
    List<Place> twice = answered.stream().filter(place -> !once.add(place)).toList();
    Set<Place> lost = new HashSet<>(asked);
    lost.removeAll(once);
    once.removeAll(asked);
    assertThat(lost).as("NOTHING_LOST").isEmpty();
    assertThat(twice).as("NOTHING_TWICE").isEmpty();
    assertThat(once).as("nothing invented").isEmpty();
  }

  private void assertOrderPerDevice() {
    Map<String, Long> lastOffset = new HashMap<>();
    for (Detection detection : detections) {
      String device = detection.getDeviceId() + "@" + detection.getSource().getPartition();
      long offset = detection.getSource().getOffset();
      Long before = lastOffset.put(device, offset);
      assertThat(before == null || before < offset).as("ORDER_PER_DEVICE of %s", device).isTrue();
    }
  }
}
