package dev.skerry.retrain.gate;

import dev.skerry.retrain.gate.HeldBack.Labelled;
import dev.skerry.schemas.model.GoldenSample;
import dev.skerry.schemas.model.Normalisation;
import dev.skerry.schemas.model.ReadingsInput;
import java.nio.ByteBuffer;

/** Windows of readings, normalised as the contract says. */
record ReadingsRows(ReadingsInput input) implements InputRows {

  @Override
  public int bytesPerRow() {
    return input.elements() * Float.BYTES;
  }

  @Override
  public boolean takes(Labelled record) {
    return record.image().length == 0 && record.values().length == input.elements();
  }

  @Override
  public void put(Labelled record, ByteBuffer rows) {
    for (int i = 0; i < record.values().length; i++) {
      rows.putFloat(scaled(record.values()[i], i));
    }
  }

  @Override
  public void put(GoldenSample sample, ByteBuffer rows) {
    for (int i = 0; i < sample.values().size(); i++) {
      rows.putFloat(scaled(sample.values().get(i), i));
    }
  }

  private float scaled(float value, int place) {
    Normalisation normalise = input.normalise();
    if (normalise == null) {
      return value;
    }
    int channel = place / input.steps();
    return (value - normalise.shift().get(channel)) / normalise.divisor().get(channel);
  }
}
