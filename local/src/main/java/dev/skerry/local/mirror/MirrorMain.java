package dev.skerry.local.mirror;

import dev.skerry.schemas.topic.Side;
import dev.skerry.schemas.topic.Topics;
import dev.skerry.service.Service;
import dev.skerry.service.ServiceMain;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Runs the mirror as a process, with the configuration and exit codes of every service. */
public final class MirrorMain {

  private MirrorMain() {}

  /** The mirror's configuration. */
  @ConfigMapping(prefix = "mirror")
  public interface Config {

    /** The site's name at the cloud broker, unique among the sites that share it. */
    @WithDefault("edge")
    String alias();

    /** Bootstrap servers of the site's broker. */
    String edge();

    /** Bootstrap servers of the cloud's broker. */
    String cloud();
  }

  /** Mirrors the topics that the catalogue marks as mirrored, until told to stop. */
  public static void main(String[] args) {
    System.exit(
        ServiceMain.run(
            "mirror",
            args,
            (settings, observability) -> service(settings.get(Config.class)),
            Config.class));
  }

  private static Service service(Config config) {
    Mirror mirror =
        new Mirror(
            new MirrorFlow(
                config.alias(), config.edge(), config.cloud(), Topics.mirroredFrom(Side.EDGE)));
    return new Service() {
      @Override
      public void run() throws InterruptedException {
        mirror.run();
      }

      @Override
      public void stop() {
        mirror.stop();
      }
    };
  }
}
