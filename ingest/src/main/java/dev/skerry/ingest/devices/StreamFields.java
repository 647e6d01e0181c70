package dev.skerry.ingest.devices;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The fields below one stream of a devices file. */
final class StreamFields {

  private final Fields fields;
  private OptionalInt channels = OptionalInt.empty();
  private OptionalInt steps = OptionalInt.empty();
  private OptionalDouble sampleRateHz = OptionalDouble.empty();
  private OptionalDouble min = OptionalDouble.empty();
  private OptionalDouble max = OptionalDouble.empty();
  private OptionalInt maxPixels = OptionalInt.empty();
  private Optional<Duration> behind = Optional.empty();
  private Optional<Duration> ahead = Optional.empty();

  StreamFields(Fields fields) {
    this.fields = fields;
  }

  StreamRule read(String path) throws IOException, DevicesException {
    fields.each(path, this::field);
    if (min.isPresent() && max.isPresent() && min.getAsDouble() > max.getAsDouble()) {
      throw fields.wrong(path + ".min", "is more than max");
    }
    if (maxPixels.isPresent() && (channels.isPresent() || steps.isPresent())) {
      throw fields.wrong(path + ".maxPixels", "is for frames, channels and steps for readings");
    }
    return new StreamRule(channels, steps, sampleRateHz, min, max, maxPixels, behind, ahead);
  }

  private void field(String name, String path) throws IOException, DevicesException {
    switch (name) {
      case "channels" -> channels = OptionalInt.of(fields.count(path));
      case "steps" -> steps = OptionalInt.of(fields.count(path));
      case "sampleRateHz" -> sampleRateHz = OptionalDouble.of(fields.number(path));
      case "min" -> min = OptionalDouble.of(fields.number(path));
      case "max" -> max = OptionalDouble.of(fields.number(path));
      case "maxPixels" -> maxPixels = OptionalInt.of(fields.count(path));
      case "behind" -> behind = Optional.of(fields.duration(path));
      case "ahead" -> ahead = Optional.of(fields.duration(path));
      default ->
          throw fields.wrong(
              path,
              "is unknown; there are channels, steps, sampleRateHz, min, max, maxPixels, behind,"
                  + " ahead");
    }
  }
}
