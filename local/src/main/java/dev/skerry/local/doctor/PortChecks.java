package dev.skerry.local.doctor;

import dev.skerry.local.site.SitePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports that a site wants are free. */
final class PortChecks {

  private PortChecks() {}

  /**
   * Looks at each standard port.
   *
   * @param up whether a site is up, which has taken them
   */
  static List<Finding> of(boolean up) {
    if (up) {
      return List.of(Finding.ok("ports", "a site is up here and has them"));
    }
    List<Finding> findings = new ArrayList<>();
    for (SitePort port : SitePort.values()) {
      if (!isFree(port.standard())) {
        findings.add(
            Finding.failure(
                "port " + port.standard(),
                "somebody listens there (" + port.description() + ")",
                "End that process, or choose another with " + port.option()));
      }
    }
    return findings.isEmpty()
        ? List.of(Finding.ok("ports", "all " + SitePort.values().length + " are free"))
        : findings;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
