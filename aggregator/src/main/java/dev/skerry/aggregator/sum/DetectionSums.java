package dev.skerry.aggregator.sum;

import dev.skerry.aggregator.window.Addition;
import dev.skerry.schemas.Aggregate;
import dev.skerry.schemas.serde.SkerryAvroSerde;

/** How sums of detections add up; as bytes they are aggregates that name no window. Thread-safe. */
public final class DetectionSums implements Addition<DetectionSum> {

  private final SkerryAvroSerde<Aggregate> avro = SkerryAvroSerde.of(Aggregate.class);

  @Override
  public DetectionSum zero() {
    return new DetectionSum();
  }

  @Override
  public void add(DetectionSum to, DetectionSum delta) {
    to.add(delta);
  }

  @Override
  public long count(DetectionSum sum) {
    return sum.count;
  }

  @Override
  public byte[] encode(DetectionSum sum) {
    return avro.serializer().serialize("", AggregateForm.nameless(sum));
  }

  @Override
  public DetectionSum decode(byte[] bytes) {
    return AggregateForm.sum(avro.deserializer().deserialize("", bytes));
  }
}
