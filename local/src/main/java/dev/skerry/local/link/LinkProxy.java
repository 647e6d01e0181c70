package dev.skerry.local.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link as a TCP proxy on loopback that can be cut, silenced, slowed and restored while
 * connections run through it. One thread serves all connections; its methods may be called from any
 * thread.
 */
public final class LinkProxy implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LinkProxy.class);

  /** What one lane may pass before the next has its turn. */
  private static final int TURN_BYTES = 16 << 10;

  private static final long LONGEST_WAIT_MILLIS = 20;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final InetSocketAddress target;
  private final Thread thread;
  private final Set<Passage> passages = new LinkedHashSet<>();
  private final AtomicLong bytesOut = new AtomicLong();
  private final AtomicLong bytesBack = new AtomicLong();
  private volatile Order order = new Order(new LinkCondition.Open(), System.nanoTime());
  private volatile boolean closed;

  /** What was asked for, and since when. */
  private record Order(LinkCondition condition, long sinceNanos) {
    LinkCondition at(long nowNanos) {
      return condition.after(Duration.ofNanos(nowNanos - sinceNanos));
    }
  }

  private LinkProxy(ServerSocketChannel server, Selector selector, InetSocketAddress target) {
    this.server = server;
    this.selector = selector;
    this.target = target;
    this.thread = new Thread(this::run, "link");
  }

  /**
   * Starts a link that is up.
   *
   * @param port on loopback, 0 to 65535; 0 picks a free one
   * @param target where its far end leads
   * @throws IOException when the port is taken
   */
  public static LinkProxy start(int port, InetSocketAddress target) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server.configureBlocking(false);
      Selector selector = Selector.open();
      server.register(selector, SelectionKey.OP_ACCEPT);
      LinkProxy proxy = new LinkProxy(server, selector, target);
      proxy.thread.setDaemon(true);
      proxy.thread.start();
      return proxy;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Where its near end listens, for example {@code 127.0.0.1:29094}. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The port of its near end on loopback. */
  public int port() {
    return server.socket().getLocalPort();
  }

  /** Makes the link so, from now on. */
  public void set(LinkCondition condition) {
    order = new Order(condition, System.nanoTime());
    selector.wakeup();
  }

  /** How the link was told to be. */
  public LinkCondition condition() {
    return order.condition();
  }

  /** Whether something gets through at this moment. */
  public boolean isUp() {
    LinkCondition now = order.at(System.nanoTime());
    return !(now instanceof LinkCondition.Cut || now instanceof LinkCondition.Silent);
  }

  /** Bytes that arrived at the far end since the start. */
  public long bytesOut() {
    return bytesOut.get();
  }

  /** Bytes that came back from the far end since the start. */
  public long bytesBack() {
    return bytesBack.get();
  }

  private void run() {
    try (selector;
        server) {
      Order seen = order;
      Pace pace = Pace.of(seen.condition(), System.nanoTime());
      while (!closed) {
        Order wanted = order;
        long nowNanos = System.nanoTime();
        if (!wanted.equals(seen)) {
          seen = wanted;
          pace = Pace.of(seen.condition(), nowNanos);
        }
        turn(seen.at(nowNanos), pace, nowNanos);
      }
      forEachPassage(
          passage -> {
            passage.reset();
            return false;
          });
    } catch (IOException e) {
      log.error("The link's proxy ends", e);
    }
  }

  private void turn(LinkCondition condition, Pace pace, long nowNanos) throws IOException {
    boolean silent = condition instanceof LinkCondition.Silent;
    boolean cut = condition instanceof LinkCondition.Cut;
    forEachPassage(passage -> keep(passage, silent, cut));
    if (!silent) {
      pass(pace, nowNanos);
    }
    forEachPassage(
        passage -> {
          passage.listen(silent);
          return true;
        });
    selector.select(waitMillis(pace, silent, nowNanos));
    Set<SelectionKey> ready = selector.selectedKeys();
    if (ready.remove(server.keyFor(selector))) {
      accept();
    }
    long dueNanos = System.nanoTime() + pace.delayNanos();
    Set<Passage> proceeding = new LinkedHashSet<>();
    ready.forEach(key -> proceeding.add((Passage) key.attachment()));
    ready.clear();
    for (Passage passage : proceeding) {
      attempt(
          passage,
          one -> {
            one.proceed(dueNanos);
            return true;
          });
    }
  }

  private boolean keep(Passage passage, boolean silent, boolean cut) throws IOException {
    if (cut) {
      passage.reset();
      return false;
    }
    if (passage.isOver()) {
      passage.close();
      return false;
    }
    if (!silent) {
      passage.dial(target);
    }
    return true;
  }

  /** Lets every lane pass a little in turn, until nothing more is due or allowed. */
  private void pass(Pace pace, long nowNanos) {
    long passed;
    do {
      long before = bytesOut.get() + bytesBack.get();
      forEachPassage(
          passage -> {
            if (passage.isConnected()) {
              bytesOut.addAndGet(pace.out().pass(passage.out(), TURN_BYTES, nowNanos));
              bytesBack.addAndGet(pace.back().pass(passage.back(), TURN_BYTES, nowNanos));
            }
            return true;
          });
      passed = bytesOut.get() + bytesBack.get() - before;
    } while (passed > 0);
  }

  private long waitMillis(Pace pace, boolean silent, long nowNanos) {
    if (silent || passages.isEmpty()) {
      return LONGEST_WAIT_MILLIS;
    }
    long nanos = Long.MAX_VALUE;
    for (Passage passage : passages) {
      nanos = Math.min(nanos, pace.out().nanosUntilNext(passage.out(), nowNanos));
      nanos = Math.min(nanos, pace.back().nanosUntilNext(passage.back(), nowNanos));
    }
    return Math.min(LONGEST_WAIT_MILLIS, 1 + nanos / 1_000_000);
  }

  /** Takes all in; what a cut link must refuse is reset in the next turn, by what holds then. */
  private void accept() throws IOException {
    for (SocketChannel near = server.accept(); near != null; near = server.accept()) {
      passages.add(Passage.of(near, selector));
    }
  }

  @FunctionalInterface
  private interface Step {
    /** Returns whether the passage stays. */
    boolean take(Passage passage) throws IOException;
  }

  private void forEachPassage(Step step) {
    List<Passage> inTurn = new ArrayList<>(passages);
    Collections.rotate(inTurn, (int) (bytesOut.get() % Math.max(1, inTurn.size())));
    inTurn.forEach(passage -> attempt(passage, step));
  }

  /** A connection that breaks at one end breaks at the other, and nothing else is disturbed. */
  private void attempt(Passage passage, Step step) {
    try {
      if (!step.take(passage)) {
        passages.remove(passage);
      }
    } catch (IOException e) {
      log.debug("A connection through the link broke", e);
      passages.remove(passage);
      end(passage);
    }
  }

  private static void end(Passage passage) {
    try {
      passage.reset();
    } catch (IOException e) {
      log.debug("A broken connection could not be reset", e);
    }
  }

  /** Resets all connections and frees the port. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
