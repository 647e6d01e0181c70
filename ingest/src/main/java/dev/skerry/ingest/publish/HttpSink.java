package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.service.ConfigException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Telemetry to a gateway over HTTP, in batches of Avro: each device's records in their order, each
 * until it is acknowledged or refused for good. Devices with tokens have lanes of their own, since
 * a token is one device's, and those with certificates connections too; the others share some.
 */
final class HttpSink implements TelemetrySink {

  private static final int SHARED_LANES = 16;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

  private final GatewayAddress address;
  private final HttpClient client;
  private final Underway underway;
  private final ExecutorService executor;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final Map<String, HttpLane> lanes = new HashMap<>();

  private HttpSink(
      GatewayAddress address, HttpClient client, Underway underway, ExecutorService executor) {
    this.address = address;
    this.client = client;
    this.underway = underway;
    this.executor = executor;
  }

  /** Throws {@link ConfigException} for certificates that cannot be used. */
  static HttpSink open(GatewayAddress address, StopSignal stop, Tally tally) {
    ExecutorService executor =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "ingest-http");
              thread.setDaemon(true);
              return thread;
            });
    return new HttpSink(
        address,
        client(address, Optional.empty(), executor),
        new Underway(address, stop, tally),
        executor);
  }

  private static HttpClient client(
      GatewayAddress address, Optional<DeviceCertificate> own, ExecutorService executor) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(executor);
    if (own.isPresent() || address.ca().isPresent()) {
      client.sslContext(ClientTls.of(address.ca(), own));
    }
    return client.build();
  }

  @Override
  public boolean put(Telemetry telemetry) throws InterruptedException {
    Outgoing record = Outgoing.of(telemetry, encoder.encode(telemetry));
    HttpLane lane = lane(record.device());
    if (!underway.enter(record)) {
      return false;
    }
    lane.add(record);
    return true;
  }

  private HttpLane lane(String device) {
    Optional<String> token = address.token(device);
    boolean isOwn = token.isPresent() || address.certificates().isPresent();
    String lane = isOwn ? device : "" + Math.floorMod(device.hashCode(), SHARED_LANES);
    return lanes.computeIfAbsent(
        lane, name -> new HttpLane(clientOf(device), request(token), underway, executor));
  }

  private HttpClient clientOf(String device) {
    Optional<DeviceCertificate> own = address.certificate(device);
    return own.isPresent() ? client(address, own, executor) : client;
  }

  private HttpRequest.Builder request(Optional<String> token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.uri().resolve("/v1/telemetry"))
            .timeout(ANSWER_TIMEOUT)
            .header("content-type", "application/avro-batch");
    token.ifPresent(shown -> request.header("authorization", "Bearer " + shown));
    return request;
  }

  @Override
  public void finish(boolean whole) throws InterruptedException {
    underway.awaitNone();
  }

  @Override
  public void close() {
    lanes.values().forEach(HttpLane::close);
    executor.shutdown();
  }
}
