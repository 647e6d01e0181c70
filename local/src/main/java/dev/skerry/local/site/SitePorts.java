package dev.skerry.local.site;

import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a site on loopback, each 1 to 65535 and no two the same; 0 for what the site does
 * without. Every site has the ports of its edge broker.
 *
 * @param numbers one for each of {@link SitePort}
 */
public record SitePorts(Map<SitePort, Integer> numbers) {

  private static final int NONE = 0;
  private static final int STEP = 10;
  private static final Set<SitePort> OF_EVERY_SITE =
      EnumSet.of(SitePort.EDGE, SitePort.EDGE_CONTROLLER);
  private static final Set<SitePort> OF_THE_CLOUD =
      EnumSet.of(SitePort.CLOUD, SitePort.CLOUD_CONTROLLER);
  private static final Set<SitePort> OF_THE_FIRST =
      EnumSet.of(
          SitePort.REGISTRY, SitePort.HTTP, SitePort.MQTT, SitePort.CONSOLE, SitePort.LABELS);
  private static final Set<SitePort> OF_THE_LINK = EnumSet.of(SitePort.LINK, SitePort.LINK_END);

  public SitePorts {
    numbers = Map.copyOf(numbers);
    for (SitePort port : SitePort.values()) {
      Integer number = numbers.get(port);
      boolean isAbsent = !OF_EVERY_SITE.contains(port) && number != null && number == NONE;
      if (!isAbsent && (number == null || number < 1 || number > 65535)) {
        throw refused(port, number);
      }
    }
    List<Integer> listening =
        numbers.values().stream().filter(number -> number != NONE).sorted().toList();
    if (listening.stream().distinct().count() < listening.size()) {
      throw new SiteRefusedException("The ports " + listening + " are not all different");
    }
  }

  /** The port of each as somebody says, of a site that has everything that is not optional. */
  public static SitePorts of(Function<SitePort, Integer> number) {
    SitePorts ports =
        new SitePorts(
            Arrays.stream(SitePort.values())
                .collect(Collectors.toMap(Function.identity(), number)));
    for (SitePort port : SitePort.values()) {
      if (!port.isOptional() && ports.isAbsent(port)) {
        throw refused(port, NONE);
      }
    }
    return ports;
  }

  private static SiteRefusedException refused(SitePort port, @Nullable Integer number) {
    return new SiteRefusedException(
        port.option() + " is " + number + ": give a port between 1 and 65535");
  }

  /**
   * Those of the nth site on this machine, each 10 above the site before; the cloud, the registry
   * and the gateway are the first one's.
   *
   * @param number 2 and up
   */
  SitePorts ofSite(int number) {
    Map<SitePort, Integer> further = new EnumMap<>(SitePort.class);
    numbers.forEach(
        (port, first) -> further.put(port, first == NONE ? NONE : first + STEP * (number - 1)));
    OF_THE_CLOUD.forEach(port -> further.put(port, NONE));
    OF_THE_FIRST.forEach(port -> further.put(port, NONE));
    return new SitePorts(further);
  }

  /** The same for a site that has no cloud, and so no link. */
  SitePorts withoutCloud() {
    Map<SitePort, Integer> remaining = new EnumMap<>(numbers);
    OF_THE_CLOUD.forEach(port -> remaining.put(port, NONE));
    OF_THE_LINK.forEach(port -> remaining.put(port, NONE));
    remaining.put(SitePort.LABELS, NONE);
    return new SitePorts(remaining);
  }

  /**
   * Ports that are free, and stay so as far as tests and benchmarks are concerned; without the
   * console and without labels.
   */
  public static SitePorts free() {
    Map<SitePort, Integer> numbers = new EnumMap<>(SitePort.class);
    for (SitePort port : SitePort.values()) {
      boolean isLeftOut = port == SitePort.CONSOLE || port == SitePort.LABELS;
      numbers.put(port, isLeftOut ? NONE : FreePorts.next());
    }
    return new SitePorts(numbers);
  }

  /** The same with the console on a port. */
  public SitePorts withConsole(int number) {
    Map<SitePort, Integer> all = new EnumMap<>(numbers);
    all.put(SitePort.CONSOLE, number);
    return new SitePorts(all);
  }

  /** The number of one port. */
  public int number(SitePort port) {
    return numbers.getOrDefault(port, port.standard());
  }

  /** Where one is reached, for example {@code 127.0.0.1:19092}. */
  public String address(SitePort port) {
    return "127.0.0.1:" + number(port);
  }

  /** Where clients reach the schema registry; empty where another site has it. */
  public Optional<String> registryUrl() {
    return isAbsent(SitePort.REGISTRY)
        ? Optional.empty()
        : Optional.of("http://" + address(SitePort.REGISTRY));
  }

  /** Where devices send over HTTP; empty where they do not. */
  public Optional<String> httpUrl() {
    return isAbsent(SitePort.HTTP)
        ? Optional.empty()
        : Optional.of("http://" + address(SitePort.HTTP));
  }

  /** Where a browser finds the console; empty where there is none. */
  public Optional<String> consoleUrl() {
    return isAbsent(SitePort.CONSOLE)
        ? Optional.empty()
        : Optional.of("http://" + address(SitePort.CONSOLE));
  }

  /** Where people label samples; empty where they do not. */
  public Optional<String> labelsUrl() {
    return isAbsent(SitePort.LABELS)
        ? Optional.empty()
        : Optional.of("http://" + address(SitePort.LABELS));
  }

  /** Where devices send, over HTTP and MQTT, as far as they do. */
  public List<String> deviceUrls() {
    List<String> urls = new ArrayList<>();
    httpUrl().ifPresent(urls::add);
    if (!isAbsent(SitePort.MQTT)) {
      urls.add("mqtt://" + address(SitePort.MQTT));
    }
    return urls;
  }

  /** Whether the site does without it. */
  public boolean isAbsent(SitePort port) {
    return number(port) == NONE;
  }

  /**
   * Where everything is, a line for each.
   *
   * @param deviceUrls where devices send
   */
  List<String> describe(List<String> deviceUrls) {
    List<String> lines = new ArrayList<>();
    lines.add(line("edge broker", address(SitePort.EDGE)));
    if (!isAbsent(SitePort.CLOUD)) {
      lines.add(line("cloud broker", address(SitePort.CLOUD)));
    } else if (isAbsent(SitePort.LINK)) {
      lines.add(line("cloud", "none: nothing leaves the site"));
    }
    registryUrl().ifPresent(url -> lines.add(line("schemas", url + " (read only)")));
    labelsUrl().ifPresent(url -> lines.add(line("labels", url)));
    if (!deviceUrls.isEmpty()) {
      lines.add(line("devices", String.join(" and ", deviceUrls)));
    }
    consoleUrl().ifPresent(url -> lines.add(line("console", url)));
    return lines;
  }

  private static String line(String what, String where) {
    return "  %-13s %s".formatted(what, where);
  }

  /** Refuses the start, naming the ports that somebody else uses and their options. */
  public void requireFree() {
    requireFree(EnumSet.allOf(SitePort.class));
  }

  /** The same of those that the site's own processes listen on, where the cloud is another's. */
  void requireFreeAtTheSite() {
    requireFree(EnumSet.complementOf(EnumSet.of(SitePort.LINK_END)));
  }

  private void requireFree(Set<SitePort> ports) {
    List<SitePort> taken =
        ports.stream().filter(port -> !isAbsent(port) && isTaken(number(port))).toList();
    if (taken.size() == 1) {
      SitePort port = taken.get(0);
      throw new SiteRefusedException(
          "Port "
              + number(port)
              + " is taken: stop the process that listens there, or choose another port with "
              + port.option());
    }
    if (!taken.isEmpty()) {
      throw new SiteRefusedException(
          "Ports are taken, perhaps by another site: stop what listens there, or choose others with "
              + String.join(
                  ", ",
                  taken.stream()
                      .map(port -> port.option() + " (now " + number(port) + ")")
                      .toList()));
    }
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (BindException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
