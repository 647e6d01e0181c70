package dev.skerry.retrain.labels;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/**
 * An answer over HTTP.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
record Reply(int status, String contentType, byte[] body) {

  /** Scripts, styles and pictures come from here and from nowhere else. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body.toString().getBytes(UTF_8));
  }

  void send(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("Referrer-Policy", "no-referrer");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
