package dev.skerry.retrain.loop;

import dev.skerry.retrain.gate.GateRules;
import dev.skerry.schemas.release.CanaryPolicy;
import dev.skerry.service.ConfigException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the gate can be told, under the prefix {@code gate}. */
@ConfigMapping(prefix = "gate")
public interface GateConfig {

  /** How much better the balanced accuracy must be, 0 to below 1. */
  @WithDefault("0.005")
  double minGain();

  /** Of each class that the champion knows at most so large a share may be lost; one may always. */
  @WithDefault("0.02")
  double maxRecallLoss();

  /** The largest expected calibration error, 0 to 1, unless the champion's is larger still. */
  @WithDefault("0.1")
  double maxCalibrationError();

  /** Each class needs so many held-back windows. */
  @WithDefault("10")
  int minClassWindows();

  /** How many times as long as the champion it may take. */
  @WithDefault("2")
  double maxSlowdown();

  /** A program that is given the candidate's file and ends with 0 where it keeps its limits. */
  Optional<List<String>> check();

  /** After so long the program is ended. */
  @WithDefault("PT2M")
  Duration checkTimeout();

  /** The Ed25519 key that signs what passes; the environment may say it: {@code GATE_KEY}. */
  Optional<Path> key();

  /** How sites try what passes. */
  Canary canary();

  /** How sites try a release. */
  interface Canary {
    /** The share of each site's devices that it answers while it is tried. */
    @WithDefault("0.05")
    double deviceShare();

    /** The share of the records that both score. */
    @WithDefault("0.1")
    double shadowShare();

    /** So many records scored by both before it may be promoted. */
    @WithDefault("500")
    int minSamples();

    /** The share of the records on which it alone may fail. */
    @WithDefault("0.01")
    double maxErrors();
  }

  /** The rules, checked; throws {@link ConfigException}. */
  default GateRules rules() {
    try {
      return new GateRules(
          minGain(),
          maxRecallLoss(),
          maxCalibrationError(),
          minClassWindows(),
          maxSlowdown(),
          check().orElse(List.of()),
          checkTimeout());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  /** How sites try what passes. */
  default CanaryPolicy canaryPolicy() {
    return new CanaryPolicy(
        canary().deviceShare(),
        canary().shadowShare(),
        canary().minSamples(),
        canary().maxErrors(),
        maxSlowdown());
  }
}
