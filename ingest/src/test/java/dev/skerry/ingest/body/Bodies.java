package dev.skerry.ingest.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bodies as devices send them. */
public final class Bodies {

  public static final Addressee ADDRESSEE =
      new Addressee("north", Optional.empty(), Optional.empty(), Optional.empty());

  private Bodies() {}

  public static byte[] json() {
    return """
        {"deviceId":"pump-7","stream":"pump","siteId":"north","eventTime":"2026-05-01T12:00:00.250Z",
         "bootEpoch":3,"sequence":17,"attributes":{"firmware":"2.1","é":"\\u00e9"},
         "readings":{"channels":2,"steps":3,"sampleRateHz":1.5,"values":[[1,2,3],[-1.5,2e3,0]]}}
        """
        .replace("\n", "")
        .getBytes(UTF_8);
  }

  public static byte[] jsonArray() {
    String one = new String(json(), UTF_8);
    return ("[" + one + "," + one.replace("17", "18") + "]").getBytes(UTF_8);
  }

  public static byte[] avro() {
    return new AvroEncoder<>(Telemetry.class)
        .encode(
            Telemetry.newBuilder()
                .setDeviceId("pump-7")
                .setSiteId("north")
                .setStream("pump")
                .setEventTime(Instant.parse("2026-05-01T12:00:00.250Z"))
                .setBootEpoch(3)
                .setSequence(17)
                .setAttributes(Map.of("firmware", "2.1"))
                .setPayload(
                    Readings.newBuilder()
                        .setChannels(2)
                        .setSteps(3)
                        .setSampleRateHz(1.5f)
                        .setValues(List.of(1f, 2f, 3f, -1.5f, 2000f, 0f))
                        .build())
                .build());
  }

  public static byte[] avroBatch() {
    byte[] one = avro();
    return ByteBuffer.allocate(2 * (one.length + 4))
        .putInt(one.length)
        .put(one)
        .putInt(one.length)
        .put(one)
        .array();
  }
}
