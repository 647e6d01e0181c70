package dev.skerry.ingest;

import dev.skerry.ingest.simulate.camera.CameraFleet;
import dev.skerry.ingest.simulate.camera.ImageFormat;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.service.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cameras are simulated, and what they see. A mixin of commands. */
public final class CameraOptions {

  /** Event times are in milliseconds, and sequences are made of them. */
  private static final double MAX_FRAMES_PER_SECOND = 1000;

  private static final double LIVE_DEFECT_SHARE = 0.2;

  /** As many parts of each class, the good one among them. */
  private static final double FILE_DEFECT_SHARE = 0.8;

  private static final long FILE_FRAMES = 100;

  @Option(
      names = "--cameras",
      paramLabel = "N",
      description = "How many cameras over parts with surface defects (default: 0).")
  private int cameras;

  @Option(
      names = "--frame-rate",
      paramLabel = "R",
      description = "Frames per second of each camera (default: ${DEFAULT-VALUE}).")
  private double frameRate = 1;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "To files: frames of each camera (default: 100).")
  private Optional<Long> frames = Optional.empty();

  @Option(
      names = "--frame-size",
      paramLabel = "PIXELS",
      description = "Width and height of a frame, 16 to 4096 (default: ${DEFAULT-VALUE}).")
  private int edgePixels = CameraFleet.EDGE_PIXELS;

  @Option(
      names = "--frame-format",
      paramLabel = "NAME",
      description = "jpeg or png (default: jpeg).")
  private FrameEncoding encoding = ImageFormat.DEFAULT.encoding();

  @Option(
      names = "--jpeg-quality",
      paramLabel = "SHARE",
      description = "Above 0 and up to 1 (default: ${DEFAULT-VALUE}).")
  private float jpegQuality = ImageFormat.DEFAULT.quality();

  @Option(
      names = "--defect-share",
      paramLabel = "SHARE",
      description =
          "Share of the parts with a defect, 0 to 1 (default: 0.2 to Kafka, 0.8 to files).")
  private Optional<Double> defectShare = Optional.empty();

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description =
          "Write the frames into this new directory, in place of Kafka: DEVICE/NUMBER.jpg and"
              + " labels.csv.")
  private Optional<Path> images = Optional.empty();

  boolean isWanted() {
    return cameras != 0;
  }

  /** The directory to write to; empty where it is not images that are wanted. */
  Optional<Path> images() {
    return images;
  }

  /** Whether options were given that only files have. */
  boolean hasFrameCount() {
    return frames.isPresent();
  }

  /** Cameras that run without end; throws {@link ConfigException} for options that cannot be. */
  CameraFleet live(FleetOptions site, Instant start) {
    return fleet(site, start, LIVE_DEFECT_SHARE, CameraFleet.UNBOUNDED);
  }

  /** As many frames as were asked for; throws {@link ConfigException} as {@link #live}. */
  CameraFleet labelled(FleetOptions site, Instant start) {
    return fleet(site, start, FILE_DEFECT_SHARE, frames.orElse(FILE_FRAMES));
  }

  private CameraFleet fleet(FleetOptions site, Instant start, double share, long framesPerCamera) {
    if (!(frameRate > 0 && frameRate <= MAX_FRAMES_PER_SECOND)) {
      throw new ConfigException("--frame-rate must be above 0 and up to 1000, not " + frameRate);
    }
    try {
      return new CameraFleet(
          site.seed(),
          site.population(),
          cameras,
          defectShare.orElse(share),
          edgePixels,
          new ImageFormat(encoding, jpegQuality),
          site.site(),
          start,
          Duration.ofNanos(Math.round(1e9 / frameRate)),
          framesPerCamera);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("The options of the cameras cannot be: " + e.getMessage(), e);
    }
  }
}
