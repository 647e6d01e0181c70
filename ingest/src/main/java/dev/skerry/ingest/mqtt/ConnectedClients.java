package dev.skerry.ingest.mqtt;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which client is on which connection. A client identifier belongs to the device that shows it, so
 * that no device can throw out another's connection by its name. Thread-safe.
 */
final class ConnectedClients {

  /** A client of a device; the device is empty for anonymous ones. */
  record Key(String device, String clientId) {}

  private final Map<Key, Session> sessions = new ConcurrentHashMap<>();

  /** Enters a client; gives the session that it takes over, if there is one. */
  Optional<Session> enter(Key key, Session session) {
    return Optional.ofNullable(sessions.put(key, session));
  }

  /** Forgets a client, unless it is on another connection by now. */
  void leave(Key key, Session session) {
    sessions.remove(key, session);
  }
}
