package dev.skerry.local.site;

import dev.skerry.aggregator.AggregatorMain;
import dev.skerry.broker.KafkaNodeMain;
import dev.skerry.console.ConsoleMain;
import dev.skerry.inference.InferenceMain;
import dev.skerry.ingest.IngestMain;
import dev.skerry.local.control.ControlEndpoint;
import dev.skerry.local.mirror.MirrorMain;
import dev.skerry.local.supervise.Part;
import dev.skerry.local.topic.Broker;
import dev.skerry.retrain.LabelsMain;
import dev.skerry.retrain.SelectMain;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.warehouse.WarehouseMain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a site is made of: each part's process and its configuration. */
public final class SiteParts {

  public static final String EDGE_BROKER = "edge-broker";
  public static final String CLOUD_BROKER = "cloud-broker";
  public static final String INFERENCE = "inference-processor";
  public static final String AGGREGATOR = "aggregator";
  public static final String CLOUD_AGGREGATOR = "cloud-aggregator";
  public static final String CLOUD_INFERENCE = "cloud-inference";
  public static final String SELECT = "retrain-feeder";
  public static final String LABELS = "labels";
  public static final String RETRAIN = "retrain";
  public static final String MIRROR = "mirror";
  public static final String SOURCE = "source";
  public static final String GATEWAY = "gateway";
  public static final String CONSOLE = "console";
  public static final String WAREHOUSE = "warehouse";

  /** The consumer groups whose committed offsets say how far the services are. */
  public static final String INFERENCE_GROUP = "skerry-inference";

  /** That of the workers for frames. */
  public static final String FRAMES_GROUP = "skerry-inference-frames";

  public static final String AGGREGATOR_GROUP = "skerry-aggregator";
  public static final String SELECT_GROUP = "skerry-select";

  private static final int GATEWAY_PENDING_BYTES = 16 << 20;
  private static final int CONSOLE_HEAP_MEBIBYTES = 80;

  /** The setting that names the file into which a part writes where it answers for itself. */
  public static final String PORT_FILE = "service.http.port-file";

  /** The parts that say of themselves how they are. */
  private static final List<String> TALKING =
      List.of(
          INFERENCE,
          AGGREGATOR,
          CLOUD_AGGREGATOR,
          CLOUD_INFERENCE,
          SELECT,
          LABELS,
          MIRROR,
          GATEWAY,
          WAREHOUSE);

  private final SiteSettings settings;
  private final SiteBrokers brokers;

  SiteParts(SiteSettings settings) {
    this.settings = settings;
    this.brokers = settings.brokers();
  }

  Part edgeBroker() {
    return configured(
        EDGE_BROKER,
        KafkaNodeMain.class.getName(),
        brokerConfig(
            EDGE_BROKER,
            port(SitePort.EDGE),
            port(SitePort.EDGE_CONTROLLER),
            brokers
                .certificates()
                .map(of -> SiteCertificates.ofBroker(of.edge(), SiteCertificates.EDGE_BROKER))),
        siteJvm(256));
  }

  /** Each site's mirror comes in through its link, on a listener of its own. */
  Part cloudBroker(SiteCloud.Own cloud) {
    Map<String, String> config =
        brokerConfig(
            CLOUD_BROKER,
            port(SitePort.CLOUD),
            port(SitePort.CLOUD_CONTROLLER),
            brokers
                .certificates()
                .map(of -> SiteCertificates.ofBroker(of.cloud(), SiteCertificates.CLOUD_BROKER)));
    config.put("broker.listener.LINK.port", Integer.toString(port(SitePort.LINK_END)));
    config.put("broker.listener.LINK.advertised", settings.ports().address(SitePort.LINK));
    for (SiteCloud.Link link : cloud.further()) {
      String listener = "broker.listener." + link.listener();
      config.put(listener + ".port", Integer.toString(link.endPort()));
      config.put(listener + ".advertised", link.address());
    }
    return configured(CLOUD_BROKER, KafkaNodeMain.class.getName(), config, jvmQuickToStart(192));
  }

  Part mirror() {
    Broker edge = brokers.edge(KafkaUsers.MIRROR);
    Broker cloud = brokers.throughTheLink();
    Map<String, String> config = new HashMap<>();
    config.put("mirror.alias", brokers.alias());
    config.put("mirror.edge", edge.address());
    config.put("mirror.cloud", cloud.address());
    if (settings.isSecure()) {
      config.put("mirror.edge-client", clientFile("mirror-edge", edge));
      config.put("mirror.cloud-client", clientFile("mirror-cloud", cloud));
    }
    return configured(MIRROR, MirrorMain.class.getName(), config, siteJvmQuickToStart(256));
  }

  private String clientFile(String name, Broker broker) {
    return settings.files().writeConfig(name, broker.security()).toString();
  }

  Part inference() {
    Map<String, String> config = atTheEdge(KafkaUsers.INFERENCE);
    config.put("inference.site-id", settings.id());
    config.put("inference.group", INFERENCE_GROUP);
    config.put("inference.frames.group", FRAMES_GROUP);
    config.put("inference.models", models());
    config.put("inference.releases.directory", settings.files().state("releases").toString());
    config.put("inference.releases.trusted-keys", settings.trustedKeys().toString());
    settings.overflow().ifPresent(overflow -> config.putAll(configured(overflow)));
    return configured(INFERENCE, InferenceMain.class.getName(), config, siteJvm(384));
  }

  /** As a list in a configuration, in which a comma ends an element. */
  private String models() {
    return settings.models().stream()
        .map(path -> path.toString().replace(",", "\\,"))
        .collect(Collectors.joining(","));
  }

  private static Map<String, String> configured(SiteOverflow overflow) {
    return Map.of(
        "inference.overflow.share", Double.toString(overflow.share()),
        "inference.overflow.streams", String.join(",", overflow.streams()),
        "inference.overflow.start-lag", overflow.after().toString(),
        "inference.overflow.stop-lag", overflow.until().toString());
  }

  /** Answers what sites left to the cloud; empty where they leave nothing. */
  Optional<Part> cloudInference() {
    if (settings.overflow().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> config = inTheCloud(KafkaUsers.INFERENCE);
    config.put("inference.site-id", "cloud");
    config.put("inference.group", INFERENCE_GROUP);
    config.put("inference.topics", Topics.TELEMETRY_OVERFLOW.name());
    config.put("inference.models", models());
    return Optional.of(
        configured(CLOUD_INFERENCE, InferenceMain.class.getName(), config, jvmQuickToStart(256)));
  }

  Part aggregator() {
    Map<String, String> config = atTheEdge(KafkaUsers.AGGREGATOR);
    config.put("aggregator.site-id", settings.id());
    config.put("aggregator.application-id", AGGREGATOR_GROUP);
    config.put("aggregator.state-dir", settings.files().state(AGGREGATOR).toString());
    config.put("aggregator.drift.models", models());
    return configured(AGGREGATOR, AggregatorMain.class.getName(), config, siteJvmQuickToStart(256));
  }

  /** The ledger over what has arrived. */
  Part cloudAggregator() {
    Map<String, String> config = inTheCloud(KafkaUsers.AGGREGATOR);
    config.put("aggregator.side", "cloud");
    settings
        .seals()
        .ifPresent(seals -> config.put("aggregator.seals.keys", seals.fleet().toString()));
    config.put("aggregator.site-id", "cloud");
    config.put("aggregator.application-id", AGGREGATOR_GROUP);
    config.put("aggregator.state-dir", settings.files().state(CLOUD_AGGREGATOR).toString());
    return configured(
        CLOUD_AGGREGATOR, AggregatorMain.class.getName(), config, jvmQuickToStart(192));
  }

  /** Tables of what has arrived; empty where nobody wants them. */
  Optional<Part> warehouse() {
    if (!settings.warehouse()) {
      return Optional.empty();
    }
    Map<String, String> config = inTheCloud(KafkaUsers.WAREHOUSE);
    config.put("warehouse.directory", settings.files().warehouse().toString());
    return Optional.of(
        configured(WAREHOUSE, WarehouseMain.class.getName(), config, jvmQuickToStart(320))
            .onClassPath(WarehouseJars.classPath())
            .dispensable());
  }

  Part select() {
    Map<String, String> config = atTheEdge(KafkaUsers.SELECT);
    config.put("select.site-id", settings.id());
    config.put("select.application-id", SELECT_GROUP);
    config.put("select.state-dir", settings.files().state(SELECT).toString());
    if (settings.learns()) { // People wait for it.
      config.put("select.per-minute.records", "120");
      config.put("select.per-hour.records", "1200");
    }
    return configured(SELECT, SelectMain.class.getName(), config, siteJvmQuickToStart(256));
  }

  /** Takes labels of anybody on this machine; empty where no port is given to it. */
  Optional<Part> labels() {
    if (settings.ports().isAbsent(SitePort.LABELS)) {
      return Optional.empty();
    }
    Map<String, String> config = inTheCloud(KafkaUsers.LABELS);
    config.put("labels.http.port", Integer.toString(port(SitePort.LABELS)));
    config.put("labels.automatic", "vibration=label.fault,surface=label.defect");
    return Optional.of(
        configured(LABELS, LabelsMain.class.getName(), config, jvmQuickToStart(128)));
  }

  /**
   * Takes telemetry of anybody on this machine, or of devices with a certificate where the site is
   * secure; empty where no port is given to it.
   */
  Optional<Part> gateway() {
    if (settings.ports().deviceUrls().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> config = atTheEdge(KafkaUsers.GATEWAY);
    config.put("gateway.site-id", settings.id());
    config.put("gateway.http.port", gatewayPort(SitePort.HTTP));
    config.put("gateway.mqtt.port", gatewayPort(SitePort.MQTT));
    config.putAll(
        brokers
            .certificates()
            .map(SiteCertificates::gateway)
            .orElse(Map.of("gateway.anonymous-on-loopback", "true")));
    config.put("gateway.max-pending-bytes", Integer.toString(GATEWAY_PENDING_BYTES));
    config.put(PORT_FILE, settings.files().port(GATEWAY).toString());
    String file = settings.files().writeConfig(GATEWAY, config).toString();
    return Optional.of(
        Part.service(
            GATEWAY, IngestMain.class.getName(), List.of("gateway", "--config", file), jvm(256)));
  }

  private String gatewayPort(SitePort port) {
    return settings.ports().isAbsent(port) ? "-1" : Integer.toString(settings.ports().number(port));
  }

  /**
   * What people look at.
   *
   * @param control where the supervisor takes its orders
   */
  Part console(ControlEndpoint control) {
    Map<String, String> config = atTheEdge(KafkaUsers.CONSOLE);
    config.put("console.site-id", settings.id());
    config.put("console.http.port", Integer.toString(port(SitePort.CONSOLE)));
    brokers
        .cloud(KafkaUsers.CONSOLE)
        .ifPresent(
            cloud -> {
              config.put("console.cloud", cloud.address());
              if (settings.isSecure()) {
                config.put("console.cloud-client", clientFile("console-cloud", cloud));
              }
            });
    config.put("console.control", control.url());
    for (String part : talking()) {
      config.put("console.parts." + part, settings.files().port(part).toUri().toString());
    }
    String file = settings.files().writeConfig(CONSOLE, config).toString();
    return new Part(
        CONSOLE,
        ConsoleMain.class.getName(),
        List.of("--config", file),
        jvmQuickToStart(CONSOLE_HEAP_MEBIBYTES),
        Map.of("CONSOLE_CONTROL_TOKEN", control.token()), // No file holds it.
        Part.Ending.COMES_BACK);
  }

  /** Those of them that this site has. */
  private List<String> talking() {
    List<String> parts = new ArrayList<>(List.of(INFERENCE, AGGREGATOR, SELECT));
    if (!settings.ports().deviceUrls().isEmpty()) {
      parts.add(GATEWAY);
    }
    if (!(settings.cloud() instanceof SiteCloud.None)) {
      parts.add(MIRROR);
    }
    if (settings.cloud() instanceof SiteCloud.Own) {
      parts.add(CLOUD_AGGREGATOR);
      if (settings.learns()) {
        parts.add(RETRAIN);
      }
      if (settings.overflow().isPresent()) {
        parts.add(CLOUD_INFERENCE);
      }
      if (!settings.ports().isAbsent(SitePort.LABELS)) {
        parts.add(LABELS);
      }
      if (settings.warehouse()) {
        parts.add(WAREHOUSE);
      }
    }
    return parts;
  }

  /** Empty where somebody else writes the telemetry. */
  Optional<Part> source() {
    SiteSettings.Source source = settings.source();
    if (source instanceof SiteSettings.Source.Simulated simulated) {
      return Optional.of(
          Part.service(
              SOURCE,
              IngestMain.class.getName(),
              ingest("simulate", simulated.options()),
              siteJvmQuickToStart(256)));
    }
    if (source instanceof SiteSettings.Source.Replayed replayed) {
      return Optional.of(
          Part.job(
              SOURCE, IngestMain.class.getName(), ingest("replay", replayed.options()), jvm(256)));
    }
    return Optional.empty();
  }

  private List<String> ingest(String command, List<String> options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add("--no-progress");
    arguments.add("--config");
    arguments.add(settings.files().writeConfig(SOURCE, atTheEdge(KafkaUsers.SOURCE)).toString());
    arguments.addAll(options);
    return arguments;
  }

  private Map<String, String> brokerConfig(
      String name, int port, int controllerPort, Optional<Map<String, String>> security) {
    Map<String, String> config = new HashMap<>(security.orElse(Map.of()));
    config.put("broker.data.dir", settings.files().broker(name).toString());
    config.put("broker.port", Integer.toString(port));
    config.put("broker.controller.port", Integer.toString(controllerPort));
    return config;
  }

  private int port(SitePort port) {
    return settings.ports().number(port);
  }

  private Map<String, String> atTheEdge(String user) {
    Map<String, String> config = brokers.edge(user).ofService();
    settings.seals().ifPresent(seals -> config.put("service.seal-key", seals.site().toString()));
    return config;
  }

  private Map<String, String> inTheCloud(String user) {
    return settings.inTheCloud(user);
  }

  private Part configured(
      String name, String mainClass, Map<String, String> asked, List<String> jvm) {
    Map<String, String> config = new HashMap<>(asked);
    if (TALKING.contains(name)) {
      config.put(PORT_FILE, settings.files().port(name).toString());
    }
    String file = settings.files().writeConfig(name, config).toString();
    return Part.service(name, mainClass, List.of("--config", file), jvm);
  }

  /** Further sites are there to be seen beside the first: half the heap, less compiled code. */
  private List<String> siteJvm(int heapMebibytes) {
    return settings.isFirst() ? jvm(heapMebibytes) : jvmQuickToStart(heapMebibytes / 2);
  }

  private List<String> siteJvmQuickToStart(int heapMebibytes) {
    return jvmQuickToStart(settings.isFirst() ? heapMebibytes : heapMebibytes / 2);
  }

  private static List<String> jvm(int heapMebibytes) {
    return List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseSerialGC", "-Xshare:auto");
  }

  /** For parts that are no hot path: less time in the compiler, a little slower later. */
  private static List<String> jvmQuickToStart(int heapMebibytes) {
    List<String> options = new ArrayList<>(jvm(heapMebibytes));
    options.add("-XX:TieredStopAtLevel=1");
    return options;
  }
}
