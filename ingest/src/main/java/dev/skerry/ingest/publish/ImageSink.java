package dev.skerry.ingest.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Frames to files, byte for byte what a broker would get: {@code DEVICE/SEQUENCE.jpg} in a new
 * directory, and {@code labels.csv} (file, device and the labels among the attributes), which is
 * there once all of it is.
 */
final class ImageSink implements TelemetrySink {

  private static final String LABEL_PREFIX = "label.";
  private static final String LABELS = "labels.csv";
  private static final String UNFINISHED = LABELS + ".unfinished";

  private final Path directory;
  private final Tally tally;
  private final BufferedWriter labels;

  private ImageSink(Path directory, Tally tally, BufferedWriter labels) {
    this.directory = directory;
    this.tally = tally;
    this.labels = labels;
  }

  /** Throws {@link ConfigException} where the directory is there already or cannot be made. */
  static ImageSink open(Path directory, Tally tally) {
    if (Files.exists(directory)) {
      throw new ConfigException(directory + " is there already; remove it or choose another");
    }
    try {
      Files.createDirectories(directory);
      BufferedWriter labels = Files.newBufferedWriter(directory.resolve(UNFINISHED), UTF_8);
      labels.write("file,device,label\n");
      return new ImageSink(directory, tally, labels);
    } catch (IOException e) {
      throw new ConfigException(directory + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean put(Telemetry telemetry) {
    tally.took();
    Frame frame = (Frame) telemetry.getPayload();
    String name =
        "%s/%06d.%s".formatted(telemetry.getDeviceId(), telemetry.getSequence(), suffix(frame));
    try {
      write(directory.resolve(name), frame.getData());
      labels.write(name + "," + telemetry.getDeviceId() + "," + label(telemetry) + "\n");
    } catch (IOException e) {
      throw failed(e);
    }
    tally.acknowledge(telemetry.getDeviceId());
    return true;
  }

  private static void write(Path file, ByteBuffer data) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    Files.write(file, bytes);
  }

  private static String suffix(Frame frame) {
    return switch (frame.getEncoding()) {
      case JPEG -> "jpg";
      case PNG -> "png";
      case UNKNOWN -> throw new IllegalArgumentException("a frame that is neither JPEG nor PNG");
    };
  }

  private static String label(Telemetry telemetry) {
    return telemetry.getAttributes().entrySet().stream()
        .filter(attribute -> attribute.getKey().startsWith(LABEL_PREFIX))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  @Override
  public void finish(boolean whole) {
    if (!whole) {
      return;
    }
    try {
      labels.close();
      Files.move(
          directory.resolve(UNFINISHED), directory.resolve(LABELS), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      labels.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PublishException failed(IOException e) {
    return new PublishException(directory + " cannot be written: " + e.getMessage(), e);
  }
}
