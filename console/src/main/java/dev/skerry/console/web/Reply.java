package dev.skerry.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** An answer that is there at once. Immutable. */
final class Reply {

  private final int status;
  private final String type;
  private final byte[] body;
  private final boolean keepable;
  private final boolean isForeign;

  private Reply(int status, String type, byte[] body, boolean keepable, boolean isForeign) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.keepable = keepable;
    this.isForeign = isForeign;
  }

  /** The same, and a browser may keep it: what stands at a place of a topic never changes. */
  Reply toBeKept() {
    return new Reply(status, type, body, true, isForeign);
  }

  static Reply ok(String type, byte[] body) {
    return new Reply(200, type, body, false, false);
  }

  /** A page that another part made: it is shown, and may do nothing. */
  static Reply foreignPage(String html) {
    return new Reply(200, "text/html; charset=utf-8", html.getBytes(UTF_8), false, true);
  }

  static Reply json(int status, Object value) {
    return new Reply(
        status, "application/json", Broadcast.json(value).getBytes(UTF_8), false, false);
  }

  static Reply text(int status, String text) {
    return new Reply(status, "text/plain; charset=utf-8", text.getBytes(UTF_8), false, false);
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (isForeign) {
      Guard.confine(exchange.getResponseHeaders());
    }
    exchange
        .getResponseHeaders()
        .set("Cache-Control", keepable ? "private, max-age=600, immutable" : "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
