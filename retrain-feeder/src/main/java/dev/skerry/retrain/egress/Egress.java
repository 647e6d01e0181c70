package dev.skerry.retrain.egress;

import dev.skerry.retrain.sketch.Fingerprint;
import dev.skerry.retrain.sketch.PerceptualHash;
import dev.skerry.retrain.sketch.Picture;
import dev.skerry.retrain.sketch.PictureFeatures;
import dev.skerry.retrain.sketch.ReadingsSketch;
import dev.skerry.schemas.Detection;
import dev.skerry.schemas.Frame;
import dev.skerry.schemas.Readings;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.schemas.Telemetry;
import dev.skerry.service.ConfigException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides by the policy of its stream what of a candidate may leave the site, and makes it. What
 * does leave says so in the attribute {@value #ATTRIBUTE} where it is not what it was. Immutable.
 */
public final class Egress {

  /** Says what was done to a sample. */
  public static final String ATTRIBUTE = "skerry.egress";

  private final EgressRules rules;

  private Egress(EgressRules rules) {
    this.rules = rules;
  }

  /** Throws {@link ConfigException} by key for policies that cannot be. */
  public static Egress of(EgressConfig config) {
    return new Egress(EgressRules.of(config));
  }

  /** What may leave of a candidate. */
  public Leaving of(RetrainingSample candidate) {
    EgressPolicy policy = rules.of(candidate);
    if (policy == EgressPolicy.NONE) {
      return new Leaving.Kept();
    }
    if (candidate.getTelemetry().getPayload() instanceof Frame frame) {
      return FrameCodec.decode(frame)
          .map(decoded -> frame(candidate, policy, frame, decoded))
          .orElseGet(Leaving.Unreadable::new);
    }
    return readings(candidate, policy, (Readings) candidate.getTelemetry().getPayload());
  }

  private Leaving frame(
      RetrainingSample candidate, EgressPolicy policy, Frame frame, FrameCodec.Decoded decoded) {
    Fingerprint hash = PerceptualHash.of(decoded.picture());
    if (policy == EgressPolicy.FEATURES) {
      float[] features = PictureFeatures.of(decoded.picture());
      return new Leaving.Allowed(
          hash, Optional.of(hidden(candidate, policy, features(features, 1))));
    }
    FrameForm form = rules.frameForm();
    if (policy == EgressPolicy.FULL && form.allows(frame, decoded.width(), decoded.height())) {
      return new Leaving.Allowed(hash, Optional.empty());
    }
    Picture small =
        form.maxSide() == 0 ? decoded.picture() : decoded.picture().within(form.maxSide());
    Frame anew = FrameCodec.encode(small, form.encodingOf(frame), form.quality());
    RetrainingSample changed =
        policy == EgressPolicy.FULL
            ? withPayload(candidate, anew, noted(candidate, policy))
            : hidden(candidate, policy, anew);
    return new Leaving.Allowed(hash, Optional.of(changed));
  }

  private Leaving readings(RetrainingSample candidate, EgressPolicy policy, Readings readings) {
    Fingerprint sketch = ReadingsSketch.of(readings);
    if (sketch.kind() == Fingerprint.Kind.NONE) {
      return new Leaving.Unreadable();
    }
    return switch (policy) {
      case FEATURES ->
          new Leaving.Allowed(
              sketch,
              Optional.of(
                  hidden(
                      candidate,
                      policy,
                      features(ReadingsSketch.features(readings), readings.getChannels()))));
      case REDACTED ->
          new Leaving.Allowed(sketch, Optional.of(hidden(candidate, policy, readings)));
      default -> new Leaving.Allowed(sketch, Optional.empty());
    };
  }

  private static Readings features(float[] features, int channels) {
    List<Float> values = new ArrayList<>(features.length);
    for (float feature : features) {
      values.add(feature);
    }
    int steps = features.length / channels;
    return Readings.newBuilder().setChannels(channels).setSteps(steps).setValues(values).build();
  }

  /** With another payload, the device under a pseudonym, and only the attributes that may stay. */
  private RetrainingSample hidden(RetrainingSample candidate, EgressPolicy policy, Object payload) {
    Telemetry telemetry = candidate.getTelemetry();
    String device =
        rules
            .pseudonyms()
            .orElseThrow() // The rules have seen to it.
            .of(telemetry.getSiteId(), telemetry.getDeviceId());
    Map<String, String> attributes = noted(candidate, policy);
    attributes
        .keySet()
        .removeIf(name -> !name.equals(ATTRIBUTE) && !rules.keptAttributes().contains(name));
    RetrainingSample changed = withPayload(candidate, payload, attributes);
    changed.getTelemetry().setDeviceId(device);
    Detection.Builder detection =
        Detection.newBuilder(candidate.getDetection()).setDeviceId(device);
    if (policy == EgressPolicy.FEATURES) {
      detection.setBoxes(List.of()); // They say where something is.
    }
    changed.setDetection(detection.build());
    return changed;
  }

  private static RetrainingSample withPayload(
      RetrainingSample candidate, Object payload, Map<String, String> attributes) {
    return RetrainingSample.newBuilder(candidate)
        .setTelemetry(
            Telemetry.newBuilder(candidate.getTelemetry())
                .setPayload(payload)
                .setAttributes(attributes)
                .build())
        .build();
  }

  private static Map<String, String> noted(RetrainingSample candidate, EgressPolicy policy) {
    Map<String, String> attributes = new HashMap<>(candidate.getTelemetry().getAttributes());
    attributes.put(ATTRIBUTE, policy.text());
    return attributes;
  }
}
