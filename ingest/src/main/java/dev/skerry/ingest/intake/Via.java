package dev.skerry.ingest.intake;

/** By which way a message came in. */
public enum Via {
  HTTP("http"),
  MQTT("mqtt");

  private final String word;

  Via(String word) {
    this.word = word;
  }

  /** The word for labels and dead letters. */
  public String word() {
    return word;
  }
}
