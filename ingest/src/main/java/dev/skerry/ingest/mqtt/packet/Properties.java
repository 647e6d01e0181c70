package dev.skerry.ingest.mqtt.packet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The properties of one packet: numbers (unsigned), texts, bytes, and the user's own, which may
 * repeat. Built by one thread; afterwards only read.
 */
public final class Properties {

  /** A name and a value that mean something to the two ends alone. */
  public record UserProperty(String name, String value) {}

  private final Map<Property, Object> values = new EnumMap<>(Property.class);
  private final List<UserProperty> user = new ArrayList<>();

  /** No properties: what a packet of MQTT 3.1.1 has. */
  public static Properties none() {
    return new Properties();
  }

  /** Adds a number. */
  public Properties with(Property property, long value) {
    values.put(property, value);
    return this;
  }

  /** Adds a text. */
  public Properties with(Property property, String value) {
    values.put(property, value);
    return this;
  }

  /** Adds one of the user's own. */
  public Properties withUser(String name, String value) {
    user.add(new UserProperty(name, value));
    return this;
  }

  /** The number that was given. */
  public OptionalLong number(Property property) {
    return values.get(property) instanceof Long value
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /** The text that was given. */
  public Optional<String> text(Property property) {
    return values.get(property) instanceof String value ? Optional.of(value) : Optional.empty();
  }

  /** The user's own, in their order. */
  public List<UserProperty> user() {
    return user;
  }

  /** The value of one of the user's own; empty where it is not there, or there twice. */
  public Optional<String> user(String name) {
    List<UserProperty> named = user.stream().filter(one -> one.name().equals(name)).toList();
    return named.size() == 1 ? Optional.of(named.get(0).value()) : Optional.empty();
  }

  boolean has(Property property) {
    return values.containsKey(property);
  }

  void put(Property property, Object value) {
    values.put(property, value);
  }

  Map<Property, Object> values() {
    return values;
  }
}
