package dev.skerry.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide's table of keys says what the configuration says. */
class AggregatorGuideTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(aggregator\\.[^`]+)` \\| `?([^`|]+?)`? \\|");

  @Test
  void shouldDocumentEveryKeyWithItsDefault() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("../docs/aggregator.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2));
    }
    assertThat(documented).isEqualTo(defaults());
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new TreeMap<>();
    ConfigMappings.getProperties(ConfigClass.configClass(AggregatorConfig.class))
        .forEach(
            (key, property) ->
                defaults.put(
                    key, property.hasDefaultValue() ? property.getDefaultValue() : "required"));
    // An element of a list is no key of its own.
    defaults.keySet().removeIf(key -> key.endsWith("[*]"));
    return defaults;
  }
}
