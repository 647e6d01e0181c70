package dev.skerry.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address for processes that listen a moment later: for tests and benchmarks.
 * A port that was free when it was looked for may be gone by then, so these are not of the range
 * from which outgoing connections get theirs, and each process has blocks of its own, as long as it
 * lives. Thread-safe.
 */
public final class FreePorts {

  private static final int FIRST = 10_000;
  private static final int BLOCK = 100;
  private static final int BLOCKS = 220;

  /** Each holds the first port of a block: another process that asks here takes another block. */
  private static final List<ServerSocket> CLAIMS = new ArrayList<>();

  private static int next;
  private static int end;

  private FreePorts() {}

  /** A port that nobody listens on and that was given to nobody before. */
  public static synchronized int next() {
    while (true) {
      if (next == end) {
        claimBlock();
      }
      int port = next++;
      Optional<ServerSocket> free = listen(port);
      if (free.isPresent()) {
        close(free.get());
        return port;
      }
    }
  }

  private static void claimBlock() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int first = FIRST + (start + i) % BLOCKS * BLOCK;
      Optional<ServerSocket> claim = listen(first);
      if (claim.isPresent()) {
        CLAIMS.add(claim.get());
        next = first + 1;
        end = first + BLOCK;
        return;
      }
    }
    throw new IllegalStateException(
        "No %d ports from %d to %d are free".formatted(BLOCK, FIRST, FIRST + BLOCKS * BLOCK));
  }

  private static Optional<ServerSocket> listen(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      try {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return Optional.of(socket);
      } catch (IOException e) {
        socket.close();
        return Optional.empty(); // Somebody listens there.
      }
    } catch (IOException e) {
      throw new IllegalStateException("This system gives no sockets", e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("Port " + socket.getLocalPort() + " stays taken", e);
    }
  }
}
