package dev.skerry.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

  @Test
  void shouldGiveEachPortOnceAndNoneOfThoseThatOutgoingConnectionsGet() {
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 250; i++) {
      int port = FreePorts.next();
      assertThat(port).isBetween(10_000, 31_999);
      assertThat(given.add(port)).isTrue();
    }
  }

  @Test
  void shouldGivePortsOnWhichAProcessCanListen() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(FreePorts.next(), 1, loopback);
        ServerSocket second = new ServerSocket(FreePorts.next(), 1, loopback)) {
      assertThat(first.getLocalPort()).isNotEqualTo(second.getLocalPort());
    }
  }
}
