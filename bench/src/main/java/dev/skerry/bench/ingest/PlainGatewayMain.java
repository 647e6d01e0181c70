package dev.skerry.bench.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.ingest.body.Addressee;
import dev.skerry.ingest.body.Body;
import dev.skerry.ingest.body.JsonBody;
import dev.skerry.ingest.body.Read;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroEncoder;
import dev.skerry.schemas.topic.Topics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Vert.x that parses a body, encodes its messages and hands them to a producer, and answers when
 * all are acknowledged. It checks nothing, recognises nothing and bounds nothing.
 */
public final class PlainGatewayMain extends VerticleBase {

  private static final Addressee ADDRESSEE =
      new Addressee("bench", Optional.empty(), Optional.empty(), Optional.empty());

  private final int port;
  private final Producer<byte[], byte[]> producer;
  private final AvroEncoder<Telemetry> encoder = new AvroEncoder<>(Telemetry.class);
  private final JsonBody json = new JsonBody(Integer.MAX_VALUE);

  private PlainGatewayMain(int port, Producer<byte[], byte[]> producer) {
    this.port = port;
    this.producer = producer;
  }

  /** Takes {@code --config FILE} with {@code port}, {@code brokers} and {@code event-loops}. */
  public static void main(String[] args) throws IOException {
    Properties config = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[1]))) {
      config.load(reader);
    }
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                config.getProperty("brokers"),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                5,
                "batch.size",
                64 << 10,
                "buffer.memory",
                80 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    int loops = Integer.parseInt(config.getProperty("event-loops"));
    int port = Integer.parseInt(config.getProperty("port"));
    Future<String> unusedDeployed =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops))
            .deployVerticle(
                () -> new PlainGatewayMain(port, producer),
                new DeploymentOptions().setInstances(loops));
  }

  @Override
  public Future<?> start() {
    return vertx.createHttpServer().requestHandler(this::serve).listen(port, "127.0.0.1");
  }

  private void serve(HttpServerRequest request) {
    Future<Buffer> unusedBody = request.body().onSuccess(body -> write(request, body.getBytes()));
  }

  private void write(HttpServerRequest request, byte[] bytes) {
    Body body = json.read(bytes, ADDRESSEE);
    AtomicInteger missing = new AtomicInteger(body.messages().size());
    for (Read read : body.messages()) {
      Telemetry telemetry = ((Read.Understood) read).message().telemetry();
      java.util.concurrent.Future<?> unusedSent =
          producer.send(
              new ProducerRecord<>(
                  Topics.TELEMETRY.name(),
                  telemetry.getDeviceId().getBytes(UTF_8),
                  encoder.encode(telemetry)),
              (metadata, failure) -> {
                if (missing.decrementAndGet() == 0) {
                  context.runOnContext(here -> answer(request, failure == null ? 200 : 503));
                }
              });
    }
  }

  private static void answer(HttpServerRequest request, int status) {
    Future<Void> unusedSent =
        request
            .response()
            .setStatusCode(status)
            .putHeader("content-type", "application/json")
            .end("{\"status\":\"stored\"}");
  }
}
