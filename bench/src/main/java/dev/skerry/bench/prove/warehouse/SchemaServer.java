package dev.skerry.bench.prove.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A schema registry that knows one schema and can be away. Not thread-safe. */
final class SchemaServer implements AutoCloseable {

  private final int port = FreePorts.next();
  private final int id;
  private final byte[] answer;
  private @Nullable HttpServer server;

  SchemaServer(int id, Schema schema) {
    this.id = id;
    try {
      this.answer = new ObjectMapper().writeValueAsBytes(Map.of("schema", schema.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
      started.createContext(
          "/schemas/ids/" + id,
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, answer.length);
              exchange.getResponseBody().write(answer);
            }
          });
      started.createContext(
          "/",
          exchange -> {
            try (exchange) {
              byte[] unknown =
                  "{\"error_code\":40403,\"message\":\"no such schema\"}"
                      .getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(404, unknown.length);
              exchange.getResponseBody().write(unknown);
            }
          });
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }
}
