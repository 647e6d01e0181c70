package dev.skerry.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that notes what is posted to it, and answers as the test says. Thread-safe. */
final class WebhookReceiver implements AutoCloseable {

  /** One that was accepted. */
  record Posted(String signature, String timestamp, String delivery, String body) {}

  private final HttpServer server;
  private final List<Posted> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private final AtomicInteger refusals = new AtomicInteger();

  WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/alarms";
  }

  void answerWith(int newStatus) {
    status.set(newStatus);
  }

  int refusals() {
    return refusals.get();
  }

  /** What was accepted of one device, in the order in which it came. */
  List<Posted> of(String device) {
    return accepted.stream()
        .filter(posted -> posted.body().contains("\"deviceId\":\"" + device + "\""))
        .toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    int answer = status.get();
    if (answer < 300) {
      accepted.add(
          new Posted(
              headers.getFirst("X-Skerry-Signature"),
              headers.getFirst("X-Skerry-Timestamp"),
              headers.getFirst("X-Skerry-Delivery"),
              body));
    } else {
      refusals.incrementAndGet();
    }
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
