package dev.skerry.ingest.publish;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroDecoder;
import dev.skerry.schemas.serde.Decoded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers batches as it is told, and remembers what was in them. */
final class StubGateway implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final List<Batch> batches = new ArrayList<>();

  /** A batch as it came. */
  record Batch(List<Telemetry> records, String contentType, Optional<String> token, long nanos) {}

  /** What to say; a status of 0 closes the connection without a word. */
  record Answer(int status, String body, Map<String, String> headers) {
    static Answer of(int status, String body) {
      return new Answer(status, body, Map.of());
    }
  }

  /** Decides by the number of the batch, from 0. */
  @FunctionalInterface
  interface Script {
    Answer answer(int number, Batch batch);
  }

  StubGateway(Script script) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/v1/telemetry", exchange -> handle(exchange, script));
    server.start();
  }

  GatewayAddress address(Map<String, String> tokens) {
    return new GatewayAddress(
        java.net.URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        tokens,
        Optional.empty(),
        Optional.empty());
  }

  synchronized List<Batch> batches() {
    return List.copyOf(batches);
  }

  private void handle(HttpExchange exchange, Script script) throws IOException {
    Batch batch =
        new Batch(
            decode(ByteBuffer.wrap(exchange.getRequestBody().readAllBytes())),
            exchange.getRequestHeaders().getFirst("content-type"),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("authorization")),
            System.nanoTime());
    int number;
    synchronized (this) {
      number = batches.size();
      batches.add(batch);
    }
    Answer answer = script.answer(number, batch);
    try (exchange) {
      if (answer.status() != 0) {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private static List<Telemetry> decode(ByteBuffer body) {
    AvroDecoder<Telemetry> decoder = new AvroDecoder<>(Telemetry.class);
    List<Telemetry> records = new ArrayList<>();
    while (body.hasRemaining()) {
      byte[] record = new byte[body.getInt()];
      body.get(record);
      records.add(((Decoded.Value<Telemetry>) decoder.decode(record)).value());
    }
    return records;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
