package dev.skerry.local.site;

import dev.skerry.local.registry.RegistryEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of a site on loopback, each 1 to 65535 and no two the same.
 *
 * @param edge clients of the edge broker
 * @param edgeController the edge broker itself
 * @param cloud clients of the cloud broker
 * @param cloudController the cloud broker itself
 * @param registry the schema registry's endpoint
 */
public record SitePorts(
    int edge, int edgeController, int cloud, int cloudController, int registry) {

  /** What a site takes where nothing else is said. */
  public static final SitePorts DEFAULT = new SitePorts(19092, 19093, 29092, 29093, 8081);

  public SitePorts {
    List<Integer> ports = List.of(edge, edgeController, cloud, cloudController, registry);
    for (int port : ports) {
      if (port < 1 || port > 65535) {
        throw new SiteRefusedException("Port " + port + " is not between 1 and 65535");
      }
    }
    if (ports.stream().distinct().count() < ports.size()) {
      throw new SiteRefusedException("The ports " + ports + " are not all different");
    }
  }

  /** Ports that are free now. */
  public static SitePorts free() {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return new SitePorts(
          sockets.get(0).getLocalPort(),
          sockets.get(1).getLocalPort(),
          sockets.get(2).getLocalPort(),
          sockets.get(3).getLocalPort(),
          sockets.get(4).getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sockets.forEach(SitePorts::close);
    }
  }

  /** Where clients reach the edge broker. */
  public String edgeBootstrap() {
    return "127.0.0.1:" + edge;
  }

  /** Where clients reach the cloud broker. */
  public String cloudBootstrap() {
    return "127.0.0.1:" + cloud;
  }

  /** Where clients reach the schema registry. */
  public String registryUrl() {
    return "http://127.0.0.1:" + registry;
  }

  /** Where everything is, in one line for people. */
  public String describe() {
    return "  edge broker %s, cloud broker %s, schema registry %s"
        .formatted(edgeBootstrap(), cloudBootstrap(), registryUrl());
  }

  /** Refuses the start, naming the first port that somebody else uses and its option. */
  public void requireFree() {
    Map<String, Integer> byOption = new LinkedHashMap<>();
    byOption.put("--edge-port", edge);
    byOption.put("--edge-controller-port", edgeController);
    byOption.put("--cloud-port", cloud);
    byOption.put("--cloud-controller-port", cloudController);
    byOption.put("--registry-port", registry);
    byOption.forEach(SitePorts::requireFree);
  }

  /** Starts the schema registry on its port. */
  RegistryEndpoint listenAsRegistry() {
    try {
      return RegistryEndpoint.start(registry);
    } catch (IOException e) {
      throw new SiteRefusedException(
          "The schema registry cannot listen on port "
              + registry
              + " ("
              + e.getMessage()
              + "): choose another port with --registry-port",
          e);
    }
  }

  private static void requireFree(String option, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      throw new SiteRefusedException(
          "Port "
              + port
              + " is taken: stop the process that listens there, or choose another port with "
              + option,
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
