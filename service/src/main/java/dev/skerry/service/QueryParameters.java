package dev.skerry.service;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The parameters of a request's query, taken one after the other; of doubled ones the last counts.
 * What is wrong is an {@link IllegalArgumentException} that names it. Not thread-safe.
 */
public final class QueryParameters {

  private final Map<String, String> left = new TreeMap<>();

  /** The parameters of an address. */
  public QueryParameters(URI uri) {
    String query = uri.getRawQuery();
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(pair + " is no name=value");
        }
        left.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** One of them, where it is given. */
  public Optional<String> take(String name) {
    return Optional.ofNullable(left.remove(name));
  }

  /** One of them as a whole number. */
  public Optional<Long> takeNumber(String name, long minInclusive, long maxInclusive) {
    return take(name).map(text -> number(name, text, minInclusive, maxInclusive));
  }

  private static long number(String name, String text, long minInclusive, long maxInclusive) {
    try {
      long number = Long.parseLong(text);
      if (number >= minInclusive && number <= maxInclusive) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is " + text + ", which is no number", e);
    }
    throw new IllegalArgumentException(
        name + " is " + text + ": give " + minInclusive + " to " + maxInclusive);
  }

  /**
   * Refuses what was not taken.
   *
   * @param known what there is, for people
   */
  public void requireNoOther(String known) {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown: " + String.join(", ", left.keySet()) + "; there are " + known);
    }
  }
}
