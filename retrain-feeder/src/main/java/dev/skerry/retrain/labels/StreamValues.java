package dev.skerry.retrain.labels;

import dev.skerry.service.ConfigException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of the form {@code STREAM=VALUE}, any number for each stream. */
final class StreamValues {

  private StreamValues() {}

  /** By stream, in the order in which they stand; throws {@link ConfigException} by key. */
  static Map<String, Set<String>> parse(String key, List<String> entries) {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 1 || equals == entry.length() - 1) {
        throw new ConfigException(key + " holds " + entry + "; give STREAM=VALUE, separated by ,");
      }
      values
          .computeIfAbsent(entry.substring(0, equals).strip(), stream -> new LinkedHashSet<>())
          .add(entry.substring(equals + 1).strip());
    }
    return values;
  }
}
