package dev.skerry.local.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkProxyTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ServerSocket cloud;
  private LinkProxy link;

  @BeforeEach
  void start() throws IOException {
    cloud = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    cloud.setSoTimeout((int) PATIENCE.toMillis());
    link =
        LinkProxy.start(
            0, new InetSocketAddress(InetAddress.getLoopbackAddress(), cloud.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    link.close();
    cloud.close();
  }

  @Test
  void shouldPassEveryByteBothWaysAndTheEnd() throws Exception {
    byte[] there = random(3 << 20);
    byte[] back = random(2 << 20);
    try (Socket edge = connect();
        Socket far = cloud.accept()) {
      CompletableFuture<byte[]> arrived = reading(far);
      CompletableFuture<byte[]> returned = reading(edge);
      CompletableFuture<Void> answer = writing(far, back);
      writing(edge, there).join();
      answer.join();
      assertThat(arrived.join()).isEqualTo(there);
      assertThat(returned.join()).isEqualTo(back);
      assertThat(link.bytesOut()).isEqualTo(there.length);
      assertThat(link.bytesBack()).isEqualTo(back.length);
    }
  }

  @Test
  void shouldResetBothEndsWhenCutAndConnectAgainWhenRestored() throws Exception {
    try (Socket edge = connect();
        Socket far = cloud.accept()) {
      exchange(edge, far);
      link.set(new LinkCondition.Cut());
      assertThat(link.isUp()).isFalse();
      assertThatThrownBy(() -> readOne(edge)).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> readOne(far)).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(
            () -> {
              try (Socket refused = connect()) {
                readOne(refused);
              }
            })
        .isInstanceOf(SocketException.class);
    link.set(new LinkCondition.Open());
    try (Socket edge = connect();
        Socket far = cloud.accept()) {
      exchange(edge, far);
    }
  }

  @Test
  void shouldHoldBackWithoutAWordWhileSilentAndDeliverAfterwards() throws Exception {
    try (Socket edge = connect();
        Socket far = cloud.accept()) {
      exchange(edge, far);
      link.set(new LinkCondition.Silent());
      long before = link.bytesOut();
      far.setSoTimeout(300);
      edge.getOutputStream().write(7);
      assertThatThrownBy(() -> readOne(far)).isInstanceOf(SocketTimeoutException.class);
      assertThat(link.bytesOut()).isEqualTo(before);
      link.set(new LinkCondition.Open());
      far.setSoTimeout((int) PATIENCE.toMillis());
      assertThat(readOne(far)).isEqualTo(7);
    }
  }

  @Test
  void shouldNotReachTheFarEndOfAConnectionThatIsMadeWhileSilent() throws Exception {
    link.set(new LinkCondition.Silent());
    try (Socket edge = connect()) {
      cloud.setSoTimeout(300);
      assertThatThrownBy(() -> cloud.accept().close()).isInstanceOf(SocketTimeoutException.class);
      link.set(new LinkCondition.Open());
      cloud.setSoTimeout((int) PATIENCE.toMillis());
      try (Socket far = cloud.accept()) {
        exchange(edge, far);
      }
    }
  }

  @Test
  void shouldShareAThinLinkAmongItsConnections() throws Exception {
    int bytesPerSecond = 200_000;
    int each = 100_000;
    link.set(new LinkCondition.Thin(bytesPerSecond, Duration.ofMillis(20)));
    long startNanos = System.nanoTime();
    try (Socket first = connect();
        Socket firstFar = cloud.accept();
        Socket second = connect();
        Socket secondFar = cloud.accept()) {
      CompletableFuture<byte[]> firstArrived = reading(firstFar);
      CompletableFuture<byte[]> secondArrived = reading(secondFar);
      CompletableFuture<Void> firstSent = writing(first, random(each));
      writing(second, random(each)).join();
      firstSent.join();
      assertThat(firstArrived.join()).hasSize(each);
      assertThat(secondArrived.join()).hasSize(each);
    }
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    // A tenth of a second passes at once; a slow machine only makes it longer.
    assertThat(seconds).isGreaterThan(2.0 * each / bytesPerSecond - 0.11);
  }

  @Test
  void shouldDelayEachWayAndKeepTheOrder() throws Exception {
    link.set(new LinkCondition.Thin(10_000_000, Duration.ofMillis(100)));
    try (Socket edge = connect();
        Socket far = cloud.accept()) {
      byte[] sent = random(200_000);
      CompletableFuture<byte[]> arrived = reading(far);
      long startNanos = System.nanoTime();
      writing(edge, sent).join();
      assertThat(arrived.join()).isEqualTo(sent);
      assertThat(System.nanoTime() - startNanos).isGreaterThan(Duration.ofMillis(100).toNanos());
    }
  }

  @Test
  void shouldFlap() {
    link.set(new LinkCondition.Flapping(Duration.ofMillis(150), Duration.ofMillis(150)));
    await().atMost(PATIENCE).until(() -> !link.isUp());
    await().atMost(PATIENCE).until(() -> link.isUp());
    await().atMost(PATIENCE).until(() -> !link.isUp());
  }

  @Test
  void shouldResetTheNearEndWhenNobodyListensAtTheFarEnd() throws Exception {
    cloud.close();
    assertThatThrownBy(
            () -> {
              try (Socket edge = connect()) {
                readOne(edge);
              }
            })
        .isInstanceOf(SocketException.class);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), link.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void exchange(Socket edge, Socket far) throws IOException {
    edge.getOutputStream().write(1);
    assertThat(readOne(far)).isEqualTo(1);
    far.getOutputStream().write(2);
    assertThat(readOne(edge)).isEqualTo(2);
  }

  private static int readOne(Socket socket) throws IOException {
    int value = socket.getInputStream().read();
    if (value < 0) {
      throw new EOFException("ended in order");
    }
    return value;
  }

  private static CompletableFuture<byte[]> reading(Socket socket) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return socket.getInputStream().readAllBytes();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task, "reader").start());
  }

  private static CompletableFuture<Void> writing(Socket socket, byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task, "writer").start());
  }

  private static byte[] random(int bytes) {
    byte[] values = new byte[bytes];
    new Random(bytes).nextBytes(values);
    return values;
  }
}
