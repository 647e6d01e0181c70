package dev.skerry.aggregator.drift;

import dev.skerry.aggregator.window.Contribution;
import dev.skerry.schemas.DriftSubject;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.model.Distribution;
import dev.skerry.schemas.model.ModelContract;
import dev.skerry.schemas.model.ReadingsInput;
import dev.skerry.schemas.model.Reference;
import java.util.List;

/** The values of a window of readings, each in its channel's bin, for each model of its stream. */
record InputContribution(References references) implements Contribution<Telemetry, Histograms> {

  @Override
  public void add(Telemetry telemetry, long appendMillis, Windows<Histograms> windows) {
    if (!(telemetry.getPayload() instanceof Readings readings)) {
      return;
    }
    for (ModelContract contract : references.ofStream(telemetry.getStream())) {
      Reference reference = contract.reference();
      if (reference == null || reference.inputs().isEmpty() || !fits(readings, contract)) {
        continue;
      }
      Histograms histograms =
          windows.at(
              Subject.group(
                  DriftSubject.INPUTS, telemetry.getSiteId(), telemetry.getStream(), contract),
              telemetry.getEventTime().toEpochMilli());
      histograms.addRecord(telemetry.getDeviceId());
      List<String> channels = contract.readings().channels();
      for (Distribution distribution : reference.inputs()) {
        count(readings, channels.indexOf(distribution.name()), distribution, histograms);
      }
    }
  }

  private static boolean fits(Readings readings, ModelContract contract) {
    return contract.input() instanceof ReadingsInput input
        && readings.getChannels() == input.channels().size()
        && readings.getValues().size() == readings.getChannels() * readings.getSteps();
  }

  private static void count(
      Readings readings, int channel, Distribution distribution, Histograms histograms) {
    int steps = readings.getSteps();
    for (int step = 0; step < steps; step++) {
      histograms.add(distribution, readings.getValues().get(channel * steps + step));
    }
  }
}
