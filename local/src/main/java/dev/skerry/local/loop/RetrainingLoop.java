package dev.skerry.local.loop;

import dev.skerry.local.site.ShippedModel;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteParts;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.local.supervise.Part;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.retrain.LabelsMain;
import dev.skerry.retrain.RetrainMain;
import dev.skerry.schemas.access.KafkaUsers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a site has besides, to learn a fault that its first model does not know: a process that
 * labels samples by what the telemetry itself says, as a person would who looked at the machine,
 * and one that makes datasets of them, trains, judges and publishes. Neither these nor the
 * selection know the simulator.
 */
public final class RetrainingLoop {

  /** The fault that the first model does not know. */
  public static final String NEW_FAULT = "bearing-inner";

  /** What is simulated unless somebody says otherwise: more machines, and faults more often. */
  public static final List<String> SIMULATION =
      List.of("--machines", "40", "--cycle", "80", "--fault-share", "0.7");

  private static final String STREAM = "vibration";

  private RetrainingLoop() {}

  /** Writes the models that the site begins with and returns their directory. */
  public static List<Path> models(SiteFiles files) {
    Path directory = files.root().resolve("models").resolve("first");
    return List.of(
        ShippedModel.VIBRATION_FIRST.into(directory), ShippedModel.SURFACE.into(directory));
  }

  /** The model that does not know one fault. */
  public static Path firstModel(SiteFiles files) {
    return files.root().resolve("models").resolve("first").resolve("vibration-faults.onnx");
  }

  /**
   * Starts what the circle needs beside a site that is up, {@link SiteSettings#learns} and has a
   * cloud of its own.
   */
  public static void start(SiteSettings settings, Supervisor supervisor) {
    SiteFiles files = settings.files();
    KnownFleets known = KnownFleets.in(files.retraining().resolve("known"));
    known.write();
    if (settings.ports().labelsUrl().isEmpty()) { // Else the site labels already, and people do.
      supervisor.start(labels(settings));
    }
    supervisor.start(retrain(settings, known));
  }

  private static Part labels(SiteSettings settings) {
    Map<String, String> config = new HashMap<>(settings.inTheCloud(KafkaUsers.LABELS));
    config.put("labels.automatic", STREAM + "=" + KnownFleets.TRUTH);
    config.put("labels.http.port", "0");
    return part(settings.files(), SiteParts.LABELS, LabelsMain.class.getName(), config, 96);
  }

  private static Part retrain(SiteSettings settings, KnownFleets known) {
    SiteFiles files = settings.files();
    Map<String, String> config = new HashMap<>(settings.inTheCloud(KafkaUsers.RETRAIN));
    config.put("dataset.directory", files.retraining().toString());
    config.put("dataset.stream", STREAM);
    config.put("train.champion", firstModel(files).toString());
    config.put("train.known.training", known.training().toString());
    config.put("train.known.held-out", known.heldOut().toString());
    config.put("dataset.validation-share", "0.4");
    config.put("train.after-labels", "150");
    config.put("train.min-class-samples", "12");
    config.put("gate.min-class-windows", "5");
    config.put(
        "gate.min-gain", "0.03"); // What is learnt of known faults is not worth a trial here.
    config.put("train.min-interval", "PT1M");
    config.put("gate.key", files.releaseKey().toString());
    config.put("gate.check", String.join(",", ModelCheckCall.command()));
    config.put("gate.canary.device-share", "0.25");
    config.put("gate.canary.shadow-share", "1");
    config.put("gate.canary.min-samples", "300");
    config.put("gate.canary.max-errors", "0.05");
    config.put(SiteParts.PORT_FILE, files.port(SiteParts.RETRAIN).toString());
    return part(files, SiteParts.RETRAIN, RetrainMain.class.getName(), config, 192);
  }

  private static Part part(
      SiteFiles files, String name, String main, Map<String, String> config, int heapMebibytes) {
    return Part.service(
        name,
        main,
        List.of("--config", files.writeConfig(name, config).toString()),
        List.of(
            "-Xmx" + heapMebibytes + "m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto"));
  }
}
