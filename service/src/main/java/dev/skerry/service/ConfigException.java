package dev.skerry.service;

/** A configuration that a process cannot start with; the message names the key or the file. */
public final class ConfigException extends RuntimeException {

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
