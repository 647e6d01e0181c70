package dev.skerry.inference.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.inference.testing.Records;
import dev.skerry.schemas.DeadLetterReason;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.WriterSchemas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telemetry of a producer whose own schema only a registry knows. */
class TelemetryOfAForeignSchemaTest {

  private static final int FOREIGN_ID = 77;

  private final TelemetryView view = new TelemetryView();
  private final byte[] bytes =
      Records.encode(Records.readings("pump-7", "pump", 12, 1, 3, 1, 2, 3));
  private HttpServer registry;

  @BeforeEach
  void startRegistry() throws IOException {
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext(
        "/schemas/ids/" + FOREIGN_ID,
        exchange -> {
          String schema = Telemetry.getClassSchema().toString();
          byte[] answer = new ObjectMapper().writeValueAsBytes(Map.of("schema", schema));
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    registry.start();
    bytes[3] = 0;
    bytes[2] = 0;
    bytes[4] = FOREIGN_ID;
  }

  @AfterEach
  void stopRegistry() {
    registry.stop(0);
  }

  @Test
  void shouldReadItWithTheSchemaThatTheRegistryHas() {
    TelemetryDecoder decoder = new TelemetryDecoder(schemasOf(registry.getAddress().getPort()));

    assertThat(decoder.decode(Records.fetched(bytes), view)).isSameAs(view);

    assertThat(new String(view.deviceId(), UTF_8)).isEqualTo("pump-7");
    assertThat(view.valueCount()).isEqualTo(3);
  }

  @Test
  void shouldWaitForARegistryThatIsAway() {
    int port = registry.getAddress().getPort();
    registry.stop(0);

    Reading reading = new TelemetryDecoder(schemasOf(port)).decode(Records.fetched(bytes), view);

    assertThat(reading).isInstanceOf(Reading.NotYetReadable.class);
  }

  @Test
  void shouldRejectItWhereNoRegistryIsSet() {
    Reading reading =
        new TelemetryDecoder(WriterSchemas.catalogue()).decode(Records.fetched(bytes), view);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA));
  }

  private static WriterSchemas schemasOf(int port) {
    return WriterSchemas.of(Map.of("schema.registry.url", "http://127.0.0.1:" + port));
  }
}
