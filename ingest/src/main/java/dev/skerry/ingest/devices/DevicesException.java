package dev.skerry.ingest.devices;

/** A devices file that cannot be used; the message names file, line and field. */
public final class DevicesException extends Exception {

  DevicesException(String message) {
    super(message);
  }

  DevicesException(String message, Throwable cause) {
    super(message, cause);
  }
}
