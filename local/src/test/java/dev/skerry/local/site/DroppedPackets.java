package dev.skerry.local.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.containers.GenericContainer;

/**
 * Packets that come in at a port of a container and are dropped, until it is ended. Connections
 * that are open are not told: they hang, as they do when a cable is pulled.
 */
final class DroppedPackets {

  private final String pid;
  private final int port;

  private DroppedPackets(String pid, int port) {
    this.pid = pid;
    this.port = port;
  }

  static DroppedPackets at(GenericContainer<?> container, int port) throws Exception {
    Long pid = container.getCurrentContainerInfo().getState().getPidLong();
    DroppedPackets dropped = new DroppedPackets(String.valueOf(pid), port);
    dropped.iptables("-I");
    return dropped;
  }

  /** In the container's own network, where nothing of this machine is touched. */
  private void iptables(String change) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("nsenter", "-t", pid, "-n", "iptables"));
    command.addAll(
        List.of(change, "INPUT", "-p", "tcp", "--dport", Integer.toString(port), "-j", "DROP"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said.strip());
    }
  }

  void end() throws IOException, InterruptedException {
    iptables("-D");
  }
}
