package dev.skerry.local.loop;

import dev.skerry.ingest.simulate.Fault;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.train.SimulatedTraining;
import dev.skerry.retrain.train.data.FeatureTable;
import dev.skerry.retrain.train.vibration.VibrationTraining;
import dev.skerry.schemas.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Machines of a workshop that never had the new fault, as files. The first model was made of a
 * quarter of them: whoever learns one more fault and must be worse at none needs more of the others
 * than that ({@code docs/training.md}).
 *
 * @param training to train on
 * @param heldOut to judge by
 */
record KnownFleets(Path training, Path heldOut) {

  /** The attribute with the truth. */
  static final String TRUTH = FeatureTable.LABEL;

  private static final long SEED = 1;
  private static final int MACHINES = 1600;
  private static final int HELD_OUT_MACHINES = 150;
  private static final long WINDOWS = 8;

  static KnownFleets in(Path directory) {
    return new KnownFleets(directory.resolve("training.avro"), directory.resolve("held-out.avro"));
  }

  /** Writes them where they are not there yet; 175 MB, in some seconds. */
  void write() {
    SimulatedTraining fleets =
        new SimulatedTraining(
            SEED,
            MACHINES,
            HELD_OUT_MACHINES,
            WINDOWS,
            Fault.DEFECTS.stream()
                .filter(fault -> !fault.label().equals(RetrainingLoop.NEW_FAULT))
                .toList(),
            VibrationTraining.standard(SEED).thresholds());
    try {
      write(training, fleets.training());
      write(heldOut, fleets.heldOut());
    } catch (IOException e) {
      throw new SiteRefusedException("The known data cannot be written: " + e, e);
    }
  }

  private static void write(Path file, Iterable<Telemetry> data) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(file.resolve("..").normalize());
    Path making = file.resolveSibling(file.getFileName() + ".making");
    try (DataFileWriter<Telemetry> writer =
        new DataFileWriter<>(
            new SpecificDatumWriter<>(
                Telemetry.getClassSchema(), SpecificData.getForClass(Telemetry.class)))) {
      writer.create(Telemetry.getClassSchema(), making.toFile());
      for (Telemetry telemetry : data) {
        writer.append(telemetry);
      }
    }
    Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
