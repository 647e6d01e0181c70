package dev.skerry.console;

import dev.skerry.console.picture.Page;
import dev.skerry.console.picture.Picture;
import dev.skerry.console.read.Clusters;
import dev.skerry.console.read.Follower;
import dev.skerry.console.read.OffsetWatch;
import dev.skerry.console.read.PartWatch;
import dev.skerry.console.read.SiteControl;
import dev.skerry.console.read.Start;
import dev.skerry.console.read.TelemetryAt;
import dev.skerry.console.web.Behind;
import dev.skerry.console.web.Broadcast;
import dev.skerry.console.web.ConsoleServer;
import dev.skerry.schemas.Telemetry;
import dev.skerry.schemas.serde.WriterSchemas;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.ConfigException;
import dev.skerry.service.Observability;
import dev.skerry.service.Service;
import dev.skerry.service.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Reads what happens at a site, makes a picture of it once a second and hands that to the browsers
 * that look. It writes nothing.
 */
public final class ConsoleService implements Service {

  private static final long PERIOD_MILLIS = 1_000;
  private static final long DRAIN_MILLIS = 100;
  private static final int OLD_RECORDS = 20;
  private static final int OLD_VERDICTS = 2_000;

  private final ConsoleConfig config;
  private final InstantSource clock;
  private final Picture picture;
  private final Broadcast broadcast = new Broadcast();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<AutoCloseable> resources = new ArrayList<>();
  private final PartWatch parts;
  private final OffsetWatch offsets;
  private final Follower edge;
  private final Optional<Follower> cloud;
  private final Optional<SiteControl> control;

  private ConsoleService(Settings settings, InstantSource clock) {
    this.config = settings.get(ConsoleConfig.class);
    this.clock = clock;
    WriterSchemas schemas = settings.kafka().writerSchemas();
    this.picture = new Picture(config.siteId(), schemas);
    this.control = control(config);
    Clusters site = new Clusters(settings.kafka(), Map.of());
    try {
      this.parts = own(PartWatch.start(config.parts()));
      this.offsets = own(OffsetWatch.start(site, config.inferenceGroups()));
      this.edge = own(Follower.start("site", site, siteTopics(), clock));
      this.cloud =
          config
              .cloud()
              .map(servers -> Clusters.other(settings.kafka(), servers, config.cloudClient()))
              .map(cluster -> own(Follower.start("cloud", cluster, cloudTopics(), clock)));
      Behind behind = behind(own(new TelemetryAt(site, schemas)), parts);
      own(ConsoleServer.start(config.http(), broadcast, picture.history(), behind, control));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The console, not yet running; its page is served already. */
  public static Service create(Settings settings, Observability observability) {
    return new ConsoleService(settings, InstantSource.system());
  }

  private static Behind behind(TelemetryAt telemetry, PartWatch parts) {
    return new Behind() {
      @Override
      public Optional<Telemetry> telemetry(String topic, int partition, long offset) {
        return telemetry.find(topic, partition, offset);
      }

      @Override
      public Optional<String> report(int datasetVersion) {
        return parts.ask(Picture.LOOP, "/loop/report/" + datasetVersion);
      }
    };
  }

  private static Optional<SiteControl> control(ConsoleConfig config) {
    if (config.control().isPresent() && config.controlToken().isEmpty()) {
      throw new ConfigException(
          "console.control is set and console.control-token is not: the supervisor takes no orders"
              + " without it");
    }
    return config
        .control()
        .map(address -> new SiteControl(address, config.controlToken().orElse("")));
  }

  private static List<Start> siteTopics() {
    return List.of(
        new Start(Topics.DETECTIONS, OLD_RECORDS),
        new Start(Topics.DEAD_LETTERS, OLD_RECORDS),
        Start.atBeginning(Topics.MODEL_STATUS),
        Start.atBeginning(Topics.ANSWER_LEDGER));
  }

  private static List<Start> cloudTopics() {
    return List.of(new Start(Topics.COMPLETENESS, OLD_VERDICTS));
  }

  @Override
  public void run() throws InterruptedException {
    long nextMillis = clock.millis();
    do {
      edge.drain(picture::take);
      cloud.ifPresent(follower -> follower.drain(picture::take));
      if (clock.millis() >= nextMillis) {
        nextMillis = clock.millis() + PERIOD_MILLIS;
        look();
      }
    } while (!stop.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS));
  }

  private void look() {
    Page page =
        picture.look(
            clock.millis(),
            new Picture.Asked(
                parts.latest(),
                offsets.latest(),
                new Picture.Reach(edge.problem()),
                cloud.map(follower -> new Picture.Reach(follower.problem())),
                control.map(SiteControl::state).orElse(SiteControl.State.NONE)));
    broadcast.publish(page, picture.lettersVersion(), picture.letters());
  }

  @Override
  public void stop() {
    stop.countDown();
  }

  private <T extends AutoCloseable> T own(T resource) {
    resources.add(resource);
    return resource;
  }

  @Override
  public void close() {
    broadcast.close();
    for (int i = resources.size() - 1; i >= 0; i--) {
      close(resources.get(i));
    }
    resources.clear();
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(resource + " could not be closed", e);
    }
  }
}
