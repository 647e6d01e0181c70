package dev.skerry.ingest.publish;

import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Telemetry to an Avro container file. It is written beside its name and takes the name when it is
 * whole, so a file of that name is never half a file.
 */
final class AvroFileSink implements TelemetrySink {

  private final Path file;
  private final Path unfinished;
  private final Tally tally;
  private final DataFileWriter<Telemetry> writer;

  private AvroFileSink(Path file, Path unfinished, Tally tally, DataFileWriter<Telemetry> writer) {
    this.file = file;
    this.unfinished = unfinished;
    this.tally = tally;
    this.writer = writer;
  }

  /** Throws {@link ConfigException} where the file cannot be written or is there already. */
  static AvroFileSink open(Path file, Tally tally) {
    if (Files.exists(file)) {
      throw new ConfigException(file + " is there already; remove it or choose another --to");
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    SpecificData data = SpecificData.getForClass(Telemetry.class);
    DataFileWriter<Telemetry> writer =
        new DataFileWriter<>(new SpecificDatumWriter<>(Telemetry.getClassSchema(), data));
    try {
      writer.create(Telemetry.getClassSchema(), unfinished.toFile());
    } catch (IOException e) {
      throw new ConfigException(file + " cannot be written (--to): " + e.getMessage(), e);
    }
    return new AvroFileSink(file, unfinished, tally, writer);
  }

  @Override
  public boolean put(Telemetry telemetry) {
    tally.took();
    try {
      writer.append(telemetry);
    } catch (IOException e) {
      throw failed(e);
    }
    tally.acknowledge(telemetry.getDeviceId());
    return true;
  }

  @Override
  public void finish(boolean whole) {
    if (!whole) {
      return;
    }
    try {
      writer.close();
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      if (Files.exists(unfinished)) {
        writer.close();
        Files.delete(unfinished);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PublishException failed(IOException e) {
    return new PublishException(file + " cannot be written: " + e.getMessage(), e);
  }
}
