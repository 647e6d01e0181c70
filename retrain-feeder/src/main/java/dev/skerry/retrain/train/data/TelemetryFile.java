package dev.skerry.retrain.train.data;

import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.AvroSafety;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * An Avro container file of telemetry, read record by record from its start each time it is
 * iterated. Throws {@link TrainingDataException} for a file that is missing, foreign or broken.
 *
 * @param file where it is
 */
public record TelemetryFile(Path file) implements Iterable<Telemetry> {

  public TelemetryFile {
    if (!Files.isRegularFile(file)) {
      throw new TrainingDataException("There is no file " + file + ".");
    }
  }

  @Override
  public Iterator<Telemetry> iterator() {
    return new Records(file, open());
  }

  private DataFileReader<Telemetry> open() {
    AvroSafety.enable();
    SpecificDatumReader<Telemetry> datum =
        new SpecificDatumReader<>(
            Telemetry.getClassSchema(),
            Telemetry.getClassSchema(),
            SpecificData.getForClass(Telemetry.class));
    try {
      return new DataFileReader<>(file.toFile(), datum);
    } catch (IOException | AvroRuntimeException e) {
      throw new TrainingDataException(
          file + " is no Avro container file of telemetry: " + e.getMessage(), e);
    }
  }

  private record Records(Path file, DataFileReader<Telemetry> reader)
      implements Iterator<Telemetry> {

    @Override
    public boolean hasNext() {
      try {
        boolean more = reader.hasNext();
        if (!more) {
          reader.close();
        }
        return more;
      } catch (IOException | AvroRuntimeException e) {
        throw broken(e);
      }
    }

    @Override
    public Telemetry next() {
      try {
        return reader.next();
      } catch (AvroRuntimeException e) {
        throw broken(e);
      }
    }

    private TrainingDataException broken(Exception e) {
      return new TrainingDataException(file + " is broken: " + e.getMessage(), e);
    }
  }
}
