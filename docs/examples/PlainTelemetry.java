import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.SkerryAvroSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends telemetry from Java with Kafka's own producer: what dev.skerry.producer does, in plain sight. The device is the key; writes are
 * idempotent and acknowledged by all in-sync replicas; the sequence rises within a boot epoch, which rises with each start.
 *
 * <pre>java -cp 'local/target/site/*' docs/examples/PlainTelemetry.java 127.0.0.1:19092 pump-7</pre>
 */
public final class PlainTelemetry {

  private static final int STEPS = 60;
  private static final int RECORDS = 10;

  public static void main(String[] args) throws Exception {
    String bootstrap = args.length > 0 ? args[0] : "127.0.0.1:19092";
    String device = args.length > 1 ? args[1] : "java-example";
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap, "acks", "all", "enable.idempotence", true);
    long bootEpoch = System.currentTimeMillis();
    try (KafkaProducer<String, Telemetry> producer =
        new KafkaProducer<>(config, new StringSerializer(), new SkerryAvroSerializer<>())) {
      for (long sequence = 0; sequence < RECORDS; sequence++) {
        Telemetry telemetry =
            Telemetry.newBuilder()
                .setDeviceId(device)
                .setSiteId("local")
                .setStream("pump")
                .setEventTime(Instant.now())
                .setBootEpoch(bootEpoch)
                .setSequence(sequence)
                .setPayload(readings(sequence))
                .build();
        RecordMetadata at = producer.send(new ProducerRecord<>("telemetry", device, telemetry)).get();
        if (sequence == RECORDS - 1) {
          System.out.println(RECORDS + " records of " + device + " in partition " + at.partition());
        }
      }
    }
  }

  /** Two channels, one after the other: the value of channel c at step s is values[c * steps + s]. */
  private static Readings readings(long window) {
    DoubleStream pressure = steps(window).map(step -> 0.3 + 0.01 * Math.sin(0.1 * step));
    DoubleStream flow = steps(window).map(step -> 32 + 0.5 * Math.cos(0.1 * step));
    List<Float> values = DoubleStream.concat(pressure, flow).mapToObj(value -> (float) value).toList();
    return new Readings(2, STEPS, 1f, values);
  }

  private static DoubleStream steps(long window) {
    return IntStream.range(0, STEPS).asDoubleStream().map(step -> window * STEPS + step);
  }
}
