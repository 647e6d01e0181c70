package dev.skerry.console.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses what another page in the same browser could have sent: requests under a name that is not
 * the console's (a name that was pointed at this machine), and orders that do not come from the
 * page itself. Immutable.
 *
 * @param names by which browsers may call the console, without a port
 */
record Guard(List<String> names) {

  /** A header that a page elsewhere cannot set without being asked first, and we never allow. */
  static final String ORDER_HEADER = "X-Skerry-Console";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
          + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String CONFINED =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none';"
          + " sandbox";

  Guard {
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** Why a request is refused; empty where it is not. */
  Optional<String> refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String host = Objects.requireNonNullElse(headers.getFirst("Host"), "");
    if (!names.contains(withoutPort(host).toLowerCase(Locale.ROOT))) {
      return Optional.of(
          "The console does not go by the name "
              + withoutPort(host)
              + "; console.http.names lists those it has");
    }
    if (exchange.getRequestMethod().equals("POST")) {
      return orderRefusal(headers, host);
    }
    return exchange.getRequestMethod().matches("GET|HEAD")
        ? Optional.empty()
        : Optional.of("The console takes GET, HEAD and POST");
  }

  private static Optional<String> orderRefusal(Headers headers, String host) {
    String origin = headers.getFirst("Origin");
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean sameOrigin =
        (origin == null || origin.equals("http://" + host) || origin.equals("https://" + host))
            && (site == null || site.equals("same-origin"));
    return sameOrigin && headers.containsKey(ORDER_HEADER)
        ? Optional.empty()
        : Optional.of("Orders are taken from the console's own page alone");
  }

  /** What tells a browser to load nothing from elsewhere, and to show it in no other page. */
  static void protect(Headers answer) {
    answer.set("Content-Security-Policy", POLICY);
    answer.set("X-Content-Type-Options", "nosniff");
    answer.set("X-Frame-Options", "DENY");
    answer.set("Referrer-Policy", "no-referrer");
    answer.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** The same for a page that is not the console's own: it brings its style, and runs nothing. */
  static void confine(Headers answer) {
    answer.set("Content-Security-Policy", CONFINED);
  }

  /** {@code [::1]:8080} is {@code [::1]}. */
  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
