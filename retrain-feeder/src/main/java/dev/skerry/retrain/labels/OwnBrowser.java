package dev.skerry.retrain.labels;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps foreign web pages from using a browser that can reach the endpoint: requests must name it
 * as it is called, and changes must come from its own page or from no page. It tells browsers apart
 * from browsers, not people from people. Immutable.
 */
final class OwnBrowser {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> names = new HashSet<>(LOOPBACK);

  OwnBrowser(String host, List<String> furtherNames) {
    names.add(host.toLowerCase(Locale.ROOT));
    furtherNames.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
  }

  /** Throws where a name that is not ours leads here, as when a foreign page has its name moved. */
  void requireOwnName(Headers headers) throws Refused {
    String host = headers.getFirst("Host");
    if (host == null || !names.contains(withoutPort(host))) {
      throw new Refused(
          421, "this is not called " + host + "; name it in labels.http.names if it is to be");
    }
  }

  /** Throws where a foreign page asks for a change. */
  void requireOwnPage(Headers headers) throws Refused {
    String type = headers.getFirst("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Refused(415, "the content type is " + type + "; send application/json");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !isOwn(origin, headers.getFirst("Host"))) {
      throw new Refused(403, "a page of " + origin + " cannot label here");
    }
  }

  private static boolean isOwn(String origin, String host) {
    try {
      return host.equals(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
  }
}
