package dev.skerry.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skerry.local.ledger.AnswerEntries;
import dev.skerry.local.ledger.Verdicts;
import dev.skerry.local.link.LinkTraffic;
import dev.skerry.local.loop.LoopLine;
import dev.skerry.local.loop.LoopProbe;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteParts;
import dev.skerry.local.site.SiteSettings;
import dev.skerry.local.site.SiteStatus;
import dev.skerry.local.terminal.Console;
import dev.skerry.local.terminal.Json;
import dev.skerry.local.topic.Broker;
import dev.skerry.retrain.loop.LoopState;
import dev.skerry.service.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skerry status}: whether a site is up here, and its parts. */
@Command(
    name = "status",
    description = {
      "Says whether a site is up in this directory, which processes it has, and up to when the"
          + " cloud",
      "has all that it wrote."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  /** What is left of 80 columns for what stands on a line besides its heading. */
  private static final int PARTS_COLUMNS = 63;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Each site as a JSON object, one a line.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Console console = Console.standard();
    Optional<SiteStatus> up =
        SiteStatus.read(data.files()).filter(status -> status.supervisor().isPresent());
    if (json) {
      return print(up);
    }
    if (up.isEmpty()) {
      console.line("No site is up in " + data.files().root());
      return ExitCode.FAILED;
    }
    SiteStatus first = up.get();
    console.line("A site is up in " + data.files().root() + " (process " + first.pid() + ")");
    describe(console, data.files(), first);
    for (String further : first.furtherSites()) {
      Optional<SiteStatus> site = SiteStatus.read(data.files().site(further));
      console.line(
          "The site " + further + (site.isPresent() ? " shares its cloud" : " is starting"));
      if (site.isPresent()) {
        describe(console, data.files().site(further), site.get());
      }
    }
    return ExitCode.OK;
  }

  private int print(Optional<SiteStatus> up) throws InterruptedException {
    if (up.isEmpty()) {
      return ExitCode.FAILED;
    }
    print(data.files(), up.get());
    for (String further : up.get().furtherSites()) {
      SiteFiles files = data.files().site(further);
      Optional<SiteStatus> site = SiteStatus.read(files);
      if (site.isPresent()) {
        print(files, site.get());
      }
    }
    return ExitCode.OK;
  }

  private static void print(SiteFiles files, SiteStatus status) throws InterruptedException {
    ObjectNode shown = JSON.valueToTree(status);
    Optional<LinkTraffic> traffic = traffic(files);
    if (traffic.isPresent()) {
      shown.set("traffic", JSON.valueToTree(traffic.get().topics()));
    }
    System.out.println(Json.of(shown));
  }

  private static Optional<LinkTraffic> traffic(SiteFiles files) throws InterruptedException {
    return LinkTraffic.ask(files.port(SiteParts.MIRROR));
  }

  private static void describe(Console console, SiteFiles files, SiteStatus status)
      throws InterruptedException {
    Broker cloud = status.cloud();
    List<String> lines = new ArrayList<>();
    lines.add(line("edge broker", status.edge().toString()));
    lines.add(
        cloud == null
            ? line("cloud", "none: nothing leaves the site")
            : line("cloud broker", cloud + "; the link to it is " + status.link()));
    Optional.ofNullable(status.console()).ifPresent(url -> lines.add(line("console", url)));
    Optional.ofNullable(status.labels()).ifPresent(url -> lines.add(line("labels", url)));
    Optional.ofNullable(status.registry())
        .ifPresent(url -> lines.add(line("schemas", url + " (read only)")));
    if (!status.devices().isEmpty()) {
      lines.add(line("devices", String.join(" and ", status.devices())));
    }
    lines.addAll(parts(status.parts()));
    LoopProbe probe = new LoopProbe(files);
    Optional<LoopState> loop = probe.look();
    loop.ifPresent(state -> lines.add(line("loop", LoopLine.of(state))));
    loop.flatMap(probe::spent).ifPresent(spent -> lines.add(line("", spent.describe())));
    status.troubles().forEach((part, why) -> lines.add(line(part, why)));
    if (cloud != null) {
      lines.add(line("ledger", said(() -> ledger(status, cloud))));
    }
    lines.add(line("answers", said(() -> AnswerEntries.read(status.edge()).summary())));
    traffic(files).ifPresent(of -> of.describe().forEach(line -> lines.add("    " + line)));
    lines.forEach(console::line);
  }

  private static String line(String what, String how) {
    return "  %-13s %s".formatted(what, how);
  }

  /** With their process ids, as many on a line as fit into 80 columns. */
  private static List<String> parts(Map<String, Long> parts) {
    List<String> lines = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Long> part : parts.entrySet()) {
      String next = part.getKey() + " " + part.getValue();
      if (text.length() > 0 && text.length() + ", ".length() + next.length() > PARTS_COLUMNS) {
        lines.add(line(lines.isEmpty() ? "processes" : "", text + ","));
        text.setLength(0);
      }
      text.append(text.length() == 0 ? "" : ", ").append(next);
    }
    lines.add(line(lines.isEmpty() ? "processes" : "", text.toString()));
    return lines;
  }

  /** Where sites share a cloud, that of each. */
  private static String ledger(SiteStatus status, Broker cloud) {
    Verdicts all = Verdicts.read(cloud);
    boolean isShared =
        !status.furtherSites().isEmpty() || !status.site().equals(SiteSettings.FIRST_ID);
    return (isShared ? all.of(status.site()) : all).summary();
  }

  private static String said(Supplier<String> ledger) {
    try {
      return ledger.get();
    } catch (KafkaException e) {
      return "its broker does not answer";
    }
  }
}
