package dev.skerry.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two ports on which a node runs, none of them 0. */
record NodePorts(int broker, int controller) {

  /** The ports of the settings, checked, with free ones in place of 0. */
  static NodePorts choose(KafkaNode.Settings settings) {
    try (ServerSocket broker = claim(settings.host(), settings.port());
        ServerSocket controller = claim(settings.host(), settings.controllerPort())) {
      return new NodePorts(broker.getLocalPort(), controller.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether somebody listens on one of them. */
  boolean anyTaken(String host) {
    return taken(host, broker) || taken(host, controller);
  }

  private static boolean taken(String host, int port) {
    try (ServerSocket socket = claim(host, port)) {
      return !socket.isBound();
    } catch (PortTakenException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerSocket claim(String host, int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      // As the node itself binds: a connection that still fades away does not hold the port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return socket;
    } catch (BindException e) {
      socket.close();
      throw new PortTakenException(host, port, e);
    }
  }
}
