package dev.skerry.local.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was asked for.
 *
 * @param method in capitals
 * @param path the segments of the path, decoded, so that a subject may hold a slash
 * @param query the parameters; of doubled ones the last
 * @param body empty where there is none
 */
record Request(String method, List<String> path, Map<String, String> query, String body) {

  static Request of(String method, String rawPath, String rawQuery, String body) {
    List<String> path =
        Stream.of(rawPath.split("/", -1))
            .filter(segment -> !segment.isEmpty())
            .map(segment -> decode(segment.replace("+", "%2B")))
            .toList();
    return new Request(method, path, parameters(rawQuery), body);
  }

  /** Whether a parameter such as {@code verbose=true} is set. */
  boolean flag(String name) {
    return Boolean.parseBoolean(query.get(name));
  }

  /** A whole number, or what is to be taken where there is none. */
  int number(String name, int otherwise) {
    try {
      return Integer.parseInt(query.getOrDefault(name, ""));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static Map<String, String> parameters(String rawQuery) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
