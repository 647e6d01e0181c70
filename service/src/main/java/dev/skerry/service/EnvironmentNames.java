package dev.skerry.service;

import dev.skerry.schemas.registry.RegistryConfig;
import io.smallrye.config.ConfigMappings;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Environment variables to configuration keys, by MicroProfile's rule: every character that is not
 * a letter or digit becomes an underscore, and letters become capitals ({@code
 * inference.low-latency} is {@code INFERENCE_LOW_LATENCY}). The rule loses the dots, so it is
 * applied from the known keys to the variables; variables that match none are not ours.
 */
final class EnvironmentNames {

  private EnvironmentNames() {}

  static Map<String, String> toKeys(Map<String, String> environment, Class<?>... mappings) {
    Map<String, String> values = new HashMap<>();
    for (Class<?> mapping : mappings) {
      ConfigMappings.ConfigClass configClass = ConfigMappings.ConfigClass.configClass(mapping);
      for (String key : ConfigMappings.getProperties(configClass).keySet()) {
        put(environment, key, values);
      }
    }
    for (String section : KafkaSettings.SECTIONS) {
      String prefix = section.isEmpty() ? "kafka." : "kafka." + section + ".";
      AdminClientConfig.configNames().forEach(name -> put(environment, prefix + name, values));
      ConsumerConfig.configNames().forEach(name -> put(environment, prefix + name, values));
      ProducerConfig.configNames().forEach(name -> put(environment, prefix + name, values));
    }
    RegistryConfig.names().forEach(name -> put(environment, "kafka." + name, values));
    return values;
  }

  private static void put(Map<String, String> environment, String key, Map<String, String> values) {
    String value = environment.get(variable(key));
    if (value != null) {
      values.put(key, value);
    }
  }

  static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
