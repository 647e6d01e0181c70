package dev.skerry.retrain.egress;

import dev.skerry.schemas.Frame;
import dev.skerry.schemas.RetrainingSample;
import dev.skerry.service.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which policy holds for which sample. Immutable.
 *
 * @param byStream of the streams that are named
 * @param readings of readings of other streams
 * @param frames of frames of other streams
 * @param keptAttributes what stays of the attributes of what is redacted
 * @param frameForm how frames leave
 * @param pseudonyms makes them; empty where no policy needs any
 */
record EgressRules(
    Map<String, EgressPolicy> byStream,
    EgressPolicy readings,
    EgressPolicy frames,
    Set<String> keptAttributes,
    FrameForm frameForm,
    Optional<Pseudonyms> pseudonyms) {

  private static final String NAMES = "none, features, redacted or full";

  /** Refuses what cannot be kept. */
  EgressRules {
    boolean hides =
        hides(readings) || hides(frames) || byStream.values().stream().anyMatch(EgressRules::hides);
    if (hides && pseudonyms.isEmpty()) {
      throw new ConfigException(
          "select.egress.pseudonym-key is not set, and redacted samples and features need"
              + " pseudonyms; give a file of 16 random bytes or more");
    }
  }

  static EgressRules of(EgressConfig config) {
    return new EgressRules(
        byStream(config.streams().orElse(List.of())),
        policy("select.egress.readings", config.readings()),
        policy("select.egress.frames", config.frames()),
        Set.copyOf(config.keepAttributes().orElse(List.of())),
        FrameForm.of(config),
        config.pseudonymKey().map(Pseudonyms::of));
  }

  /** What may leave of a sample; where its parts say different streams, what both allow. */
  EgressPolicy of(RetrainingSample sample) {
    EgressPolicy otherwise =
        sample.getTelemetry().getPayload() instanceof Frame ? frames : readings;
    return byStream
        .getOrDefault(sample.getTelemetry().getStream(), otherwise)
        .stricter(byStream.getOrDefault(sample.getDetection().getStream(), otherwise));
  }

  private static boolean hides(EgressPolicy policy) {
    return policy == EgressPolicy.FEATURES || policy == EgressPolicy.REDACTED;
  }

  private static Map<String, EgressPolicy> byStream(List<String> entries) {
    Map<String, EgressPolicy> policies = new HashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 1) {
        throw new ConfigException(
            "select.egress.streams holds " + entry + "; give STREAM=POLICY, separated by ,");
      }
      policies.put(
          entry.substring(0, equals).strip(),
          policy("select.egress.streams", entry.substring(equals + 1).strip()));
    }
    return Map.copyOf(policies);
  }

  private static EgressPolicy policy(String key, String name) {
    return EgressPolicy.named(name)
        .orElseThrow(() -> new ConfigException(key + " names " + name + "; give " + NAMES));
  }
}
