package dev.skerry.retrain.egress;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the egress can be told, under {@code select.egress}. */
public interface EgressConfig {

  /** The policy for readings of streams that are not named. */
  @WithDefault("full")
  String readings();

  /** The policy for frames of streams that are not named. */
  @WithDefault("none")
  String frames();

  /** Policies of streams, each as {@code STREAM=POLICY}. */
  Optional<List<String>> streams();

  /** Attributes of the telemetry that leave with what is redacted, or with features. */
  Optional<List<String>> keepAttributes();

  /** A file whose bytes make pseudonyms of devices; 16 bytes and up. */
  Optional<Path> pseudonymKey();

  /** Frames are scaled down until neither side is longer, pixels; 0 leaves them as they are. */
  @WithDefault("0")
  int frameMaxSide();

  /** How frames leave: as-is, jpeg or png. */
  @WithDefault("as-is")
  String frameEncoding();

  /** Of frames that are encoded as JPEG, over 0 and up to 1. */
  @WithDefault("0.85")
  double frameQuality();
}
