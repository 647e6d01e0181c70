package dev.skerry.ingest.mqtt;

import dev.skerry.ingest.mqtt.packet.ReasonCode;

/** A connection as those see it who speak over it, on its event loop. */
interface Wire {

  /** Sends a packet; nothing once the connection ends. */
  void send(byte[] packet);

  /** Whether the client keeps up with what is sent. */
  boolean isWritable();

  /** Reads on, where reading had stopped. */
  void readOn();

  /** Ends the connection and says why, where the version has words for it. */
  void end(ReasonCode reason, String explanation);

  /** Runs later on the event loop; from any thread. */
  void later(Runnable task);

  /** Runs after so many milliseconds on the event loop. */
  void after(long millis, Runnable task);
}
