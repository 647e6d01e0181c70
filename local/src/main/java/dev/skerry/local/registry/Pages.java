package dev.skerry.local.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.Function;

/** Lists with {@code offset} and {@code limit}. */
final class Pages {

  private Pages() {}

  static <T> Answer of(Request request, List<T> all, Function<T, JsonNode> toJson) {
    int offset = Math.max(0, request.number("offset", 0));
    int limit = request.number("limit", -1);
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    all.stream()
        .skip(offset)
        .limit(limit < 0 ? Long.MAX_VALUE : limit)
        .map(toJson)
        .forEach(page::add);
    return Answer.ok(page);
  }
}
