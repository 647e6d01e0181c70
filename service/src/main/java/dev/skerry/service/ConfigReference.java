package dev.skerry.service;

import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of a configuration with their defaults: as the mapping has them, and as a guide's table
 * lists them, so that a test can tell whether the guide is true.
 */
public final class ConfigReference {

  /** What a guide says of a key without a default. */
  public static final String REQUIRED = "required";

  /** What a guide says of a key that may be left out and has no default. */
  public static final String NONE = "none";

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z]+\\.[^`]+)` \\| `?([^`|]+?)`? \\|");

  private ConfigReference() {}

  /** The keys that a mapping reads, with their defaults. */
  public static SortedMap<String, String> of(Class<?> mapping) {
    SortedMap<String, String> keys = new TreeMap<>();
    ConfigMappings.getProperties(ConfigClass.configClass(mapping))
        .forEach((key, property) -> keys.put(key, key.endsWith(".*") ? NONE : byDefault(property)));
    keys.keySet().removeIf(key -> key.endsWith("[*]")); // An element of a list is no key.
    return keys;
  }

  private static String byDefault(Property property) {
    if (property.hasDefaultValue()) {
      return property.getDefaultValue();
    }
    // An optional list counts as a list there.
    boolean isOptional = property.getMethod().getReturnType().equals(Optional.class);
    return property.isOptional() || isOptional ? NONE : REQUIRED;
  }

  /** The keys that a guide's tables list in their first column, with the second one. */
  public static SortedMap<String, String> documented(String markdown, String prefix) {
    SortedMap<String, String> keys = new TreeMap<>();
    Matcher row = ROW.matcher(markdown);
    while (row.find()) {
      keys.put(row.group(1), row.group(2));
    }
    return new TreeMap<>(Map.copyOf(keys.subMap(prefix + ".", prefix + "/")));
  }
}
