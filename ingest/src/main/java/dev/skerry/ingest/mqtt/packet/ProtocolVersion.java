package dev.skerry.ingest.mqtt.packet;

/** The versions of MQTT that are spoken, with the level by which CONNECT names them. */
public enum ProtocolVersion {
  V3_1_1(4),
  V5(5);

  private final int level;

  ProtocolVersion(int level) {
    this.level = level;
  }

  int level() {
    return level;
  }
}
