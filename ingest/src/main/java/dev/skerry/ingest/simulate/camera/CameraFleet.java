package dev.skerry.ingest.simulate.camera;

import dev.skerry.ingest.simulate.DevicesInTurn;
import dev.skerry.ingest.simulate.Fleet;
import dev.skerry.ingest.simulate.Population;
import dev.skerry.ingest.simulate.Seed;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Telemetry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Cameras over parts on a belt as a sequence of telemetry, ordered by time. Each frame shows a part
 * of its own; what it shows depends on seed, population, camera and frame number alone. Cameras
 * take their pictures in turn, evenly spread over the interval. Immutable; each iterator is used by
 * one thread.
 *
 * <p>The truth is in the attribute {@value #DEFECT} (ok, scratch, dent, stain or crack), which no
 * model sees.
 *
 * @param seed where everything random comes from
 * @param population which cameras
 * @param cameras how many, 1 and up
 * @param defectShare share of the parts that have a defect, 0 to 1; each kind is equally likely
 * @param edgePixels width and height of a frame, 16 to 4096
 * @param format how frames are encoded
 * @param siteId the site that they stand at
 * @param start when the first frame of the first camera is taken
 * @param interval between two frames of a camera
 * @param framesPerCamera how many frames each camera takes; {@link #UNBOUNDED} for ever
 */
public record CameraFleet(
    long seed,
    Population population,
    int cameras,
    double defectShare,
    int edgePixels,
    ImageFormat format,
    String siteId,
    Instant start,
    Duration interval,
    long framesPerCamera)
    implements Fleet {

  /** The stream of the records. */
  public static final String STREAM = "surface";

  /** The attribute with the label of the true defect. */
  public static final String DEFECT = "label.defect";

  /** Width and height of a frame where nothing else is said. */
  public static final int EDGE_PIXELS = 128;

  /** For {@link #framesPerCamera}: never ends. */
  public static final long UNBOUNDED = Long.MAX_VALUE;

  private static final int DEFECT_SALT = 0x44;

  public CameraFleet {
    require(cameras >= 1, "cameras must be 1 or more, not " + cameras);
    require(defectShare >= 0 && defectShare <= 1, "the share of defects must be from 0 to 1");
    require(edgePixels >= 16 && edgePixels <= 4096, "frames must have from 16 to 4096 pixels");
    require(!siteId.isBlank(), "siteId must not be empty");
    require(interval.toNanos() > 0, "interval must be more than 0, not " + interval);
    require(framesPerCamera >= 0, "framesPerCamera must be 0 or more");
  }

  @Override
  public Iterator<Telemetry> iterator() {
    return from(0);
  }

  @Override
  public Iterator<Telemetry> from(long firstFrame) {
    return new DevicesInTurn<>(
        cameras,
        index -> Camera.draw(new Seed(seed), population, index),
        this::telemetry,
        firstFrame,
        framesPerCamera);
  }

  private Telemetry telemetry(int index, Camera camera, long frame) {
    Defect defect = defect(camera, frame);
    return Telemetry.newBuilder()
        .setDeviceId(camera.deviceId())
        .setSiteId(siteId)
        .setStream(STREAM)
        .setEventTime(taken(index, frame))
        .setSequence(frame)
        .setAttributes(new HashMap<>(Map.of(DEFECT, defect.label())))
        .setPayload(picture(camera, defect, frame))
        .build();
  }

  private Defect defect(Camera camera, long frame) {
    SplittableRandom random = camera.seed().child(DEFECT_SALT).child(frame).random();
    return random.nextDouble() < defectShare
        ? Defect.DEFECTS.get(random.nextInt(Defect.DEFECTS.size()))
        : Defect.OK;
  }

  private Instant taken(int camera, long frame) {
    return start
        .plus(interval.multipliedBy(frame))
        .plus(interval.multipliedBy(camera).dividedBy(cameras));
  }

  private Frame picture(Camera camera, Defect defect, long frame) {
    byte[] data = format.encode(Picture.of(camera, defect, frame, edgePixels));
    return Frame.newBuilder()
        .setEncoding(format.encoding())
        .setWidth(edgePixels)
        .setHeight(edgePixels)
        .setData(ByteBuffer.wrap(data))
        .build();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException("camera fleet: " + message);
    }
  }
}
