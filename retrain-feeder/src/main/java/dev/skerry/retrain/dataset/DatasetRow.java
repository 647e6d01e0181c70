package dev.skerry.retrain.dataset;

import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.FrameEncoding;
import dev.skerry.schemas.Label;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.PrimitivesArrays;

/**
 * A sample with its label, as a dataset has it. What the device or the simulator said beside the
 * payload is not in it: nothing may be trained on that.
 *
 * @param label the true class; empty where value or boxes say it
 * @param labelValue the true value; NaN where there is none
 * @param boxes the true objects as JSON, a list
 * @param reasons why it was selected, separated by commas
 * @param answer the label that the model gave
 * @param values channel by channel; empty for a frame
 * @param encoding of the image; empty for readings
 * @param image the encoded image; empty for readings
 */
@SuppressWarnings("ArrayRecordComponent") // Rows are not compared, and there are many.
public record DatasetRow(
    String sampleId,
    String siteId,
    String deviceId,
    String stream,
    String label,
    double labelValue,
    String boxes,
    String labelledBy,
    long labelledAtMillis,
    long eventTimeMillis,
    long appendedAtMillis,
    long bootEpoch,
    long sequence,
    String reasons,
    float uncertainty,
    String model,
    String modelVersion,
    String answer,
    float confidence,
    int channels,
    int steps,
    float sampleRateHz,
    float[] values,
    String encoding,
    int width,
    int height,
    byte[] image) {

  private static final float[] NO_VALUES = {};
  private static final byte[] NO_IMAGE = {};

  /** The attribute that says what is true, where trainers look for it. */
  private static final String TRUTH = "label.fault";

  /** Of a sample and its label. */
  static DatasetRow of(RetrainingSample sample, Label label) {
    Telemetry telemetry = sample.getTelemetry();
    Detection detection = sample.getDetection();
    Readings readings = telemetry.getPayload() instanceof Readings found ? found : null;
    Frame frame = telemetry.getPayload() instanceof Frame found ? found : null;
    String truth = label.getLabel();
    Double value = label.getValue();
    return new DatasetRow(
        sample.getSampleId().toString(),
        telemetry.getSiteId(),
        telemetry.getDeviceId(),
        telemetry.getStream(),
        truth == null ? "" : truth,
        value == null ? Double.NaN : value,
        BoxJson.of(label.getBoxes()),
        label.getLabelledBy(),
        label.getLabelledAt().toEpochMilli(),
        telemetry.getEventTime().toEpochMilli(),
        detection.getSource().getAppendTime().toEpochMilli(),
        telemetry.getBootEpoch(),
        telemetry.getSequence(),
        sample.getReasons().stream().map(Enum::name).collect(Collectors.joining(",")),
        sample.getUncertainty(),
        detection.getModel(),
        detection.getModelVersion(),
        detection.getLabel(),
        detection.getConfidence(),
        readings == null ? 0 : readings.getChannels(),
        readings == null ? 0 : readings.getSteps(),
        readings == null ? 0 : readings.getSampleRateHz(),
        readings == null ? NO_VALUES : floats(readings.getValues()),
        frame == null ? "" : frame.getEncoding().name(),
        frame == null ? 0 : frame.getWidth(),
        frame == null ? 0 : frame.getHeight(),
        frame == null ? NO_IMAGE : Bytes.copyOf(frame.getData()));
  }

  /** The reasons, one by one. */
  public List<String> reasonList() {
    return reasons.isEmpty() ? List.of() : List.of(reasons.split(",", -1));
  }

  /** The telemetry again, with the label where trainers look for it, and no other attribute. */
  public Telemetry toTelemetry() {
    return Telemetry.newBuilder()
        .setDeviceId(siteId + "/" + deviceId)
        .setSiteId(siteId)
        .setStream(stream)
        .setEventTime(Instant.ofEpochMilli(eventTimeMillis))
        .setBootEpoch(bootEpoch)
        .setSequence(sequence)
        .setAttributes(Map.of(TRUTH, label))
        .setPayload(image.length > 0 ? frame() : readings())
        .build();
  }

  private Frame frame() {
    return Frame.newBuilder()
        .setEncoding(FrameEncoding.valueOf(encoding))
        .setWidth(width)
        .setHeight(height)
        .setData(ByteBuffer.wrap(image))
        .build();
  }

  private Readings readings() {
    PrimitivesArrays.FloatArray unboxed =
        new PrimitivesArrays.FloatArray(
            values.length, Readings.getClassSchema().getField("values").schema());
    for (int i = 0; i < values.length; i++) {
      unboxed.add(i, values[i]);
    }
    return Readings.newBuilder()
        .setChannels(channels)
        .setSteps(steps)
        .setSampleRateHz(sampleRateHz)
        .setValues(unboxed)
        .build();
  }

  private static float[] floats(List<Float> list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
