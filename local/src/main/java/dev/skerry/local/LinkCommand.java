package dev.skerry.local;

import dev.skerry.ingest.DurationConverter;
import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.link.LinkFile;
import dev.skerry.local.site.SiteRefusedException;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.terminal.Console;
import dev.skerry.local.terminal.Json;
import dev.skerry.service.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code skerry link}: cuts, slows and restores the link between a site's two brokers. */
@Command(
    name = "link",
    description = {
      "Says how the link between the site and the cloud is, or changes it. It stays so until it is",
      "changed again, also over a restart of the site."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    synopsisSubcommandLabel = "[cut|restore|throttle|flap]")
final class LinkCommand implements Callable<Integer> {

  private static final Duration OBEYED_WITHIN = Duration.ofSeconds(5);

  @SuppressWarnings("NullAway.Init") // The command line sets it.
  @Spec
  private CommandSpec spec;

  @Mixin private SiteOption site = new SiteOption();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "How it is, as a JSON object; after a change, how it is then.")
  private boolean json;

  /** How it is, for programs. */
  record Shown(boolean up, String link) {}

  @Override
  public Integer call() {
    Optional<SiteStatus> up = siteThatIsUp();
    String asked = file().read().describe();
    show(
        up.map(status -> "The link to the cloud is " + status.link())
            .orElse("No site is up; its link will be " + asked));
    return ExitCode.OK;
  }

  @Command(
      name = "cut",
      description = "Resets all connections and refuses new ones; with --silent drops all instead.",
      mixinStandardHelpOptions = true)
  int cut(
      @Option(
              names = "--silent",
              description = "Nothing passes and nobody is told: a half-open link.")
          boolean silent)
      throws InterruptedException {
    return make(silent ? new LinkCondition.Silent() : new LinkCondition.Cut());
  }

  @Command(
      name = "restore",
      description = "Everything passes at once again.",
      mixinStandardHelpOptions = true)
  int restore() throws InterruptedException {
    return make(new LinkCondition.Open());
  }

  @Command(
      name = "throttle",
      description = "A thin link: so many bytes a second each way, and a delay.",
      mixinStandardHelpOptions = true)
  int throttle(
      @Option(names = "--rate", required = true, paramLabel = "BYTES", description = "Per second.")
          long bytesPerSecond,
      @Option(
              names = "--delay",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              description = "One way (default: none).")
          @Nullable Duration delay)
      throws InterruptedException {
    Duration oneWay = delay == null ? Duration.ZERO : delay;
    return make(checked(() -> new LinkCondition.Thin(bytesPerSecond, oneWay)));
  }

  @Command(name = "flap", description = "Up and cut in turn.", mixinStandardHelpOptions = true)
  int flap(
      @Option(
              names = "--up",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              defaultValue = "5s",
              description = "How long it is up each time (default: 5s).")
          Duration up,
      @Option(
              names = "--down",
              paramLabel = "TIME",
              converter = DurationConverter.class,
              defaultValue = "5s",
              description = "How long it is cut each time (default: 5s).")
          Duration down)
      throws InterruptedException {
    return make(checked(() -> new LinkCondition.Flapping(up, down)));
  }

  private LinkCondition checked(Callable<LinkCondition> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int make(LinkCondition condition) throws InterruptedException {
    if (site.site().cloud() == null) { // Which refuses where none is up.
      throw new SiteRefusedException(
          "The site has no cloud, and so no link: it was started with --no-cloud");
    }
    file().write(condition);
    long deadlineNanos = System.nanoTime() + OBEYED_WITHIN.toNanos();
    while (!isSo(condition)) {
      if (System.nanoTime() > deadlineNanos) {
        show("The site does not say that its link is " + condition.describe() + " yet");
        return ExitCode.FAILED;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    show("The link to the cloud is " + condition.describe());
    return ExitCode.OK;
  }

  /** In these words for people; programs are told how it is. */
  private void show(String words) {
    Optional<SiteStatus> up = siteThatIsUp();
    String asked = file().read().describe();
    Console.standard()
        .line(
            json
                ? Json.of(new Shown(up.isPresent(), up.map(SiteStatus::link).orElse(asked)))
                : words);
  }

  private boolean isSo(LinkCondition condition) {
    return siteThatIsUp().map(SiteStatus::link).filter(condition.describe()::equals).isPresent();
  }

  private LinkFile file() {
    return site.files().link();
  }

  private Optional<SiteStatus> siteThatIsUp() {
    return SiteStatus.read(site.files()).filter(status -> status.supervisor().isPresent());
  }
}
