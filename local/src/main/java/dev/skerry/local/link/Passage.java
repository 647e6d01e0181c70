package dev.skerry.local.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** One connection through the link: near end, far end and a lane each way. Not thread-safe. */
final class Passage {

  private final Selector selector;
  private final SocketChannel near;
  private final SocketChannel far;
  private final Lane out;
  private final Lane back;
  private boolean dialled;

  private Passage(Selector selector, SocketChannel near, SocketChannel far) {
    this.selector = selector;
    this.near = near;
    this.far = far;
    this.out = new Lane(near, far);
    this.back = new Lane(far, near);
  }

  /** Takes a connection in; the far end is dialled later. */
  static Passage of(SocketChannel near, Selector selector) throws IOException {
    SocketChannel far = SocketChannel.open();
    Passage passage = new Passage(selector, near, far);
    for (SocketChannel end : List.of(near, far)) {
      end.configureBlocking(false);
      end.setOption(StandardSocketOptions.TCP_NODELAY, true);
      end.register(selector, 0, passage);
    }
    return passage;
  }

  Lane out() {
    return out;
  }

  Lane back() {
    return back;
  }

  boolean isConnected() {
    return far.isConnected();
  }

  boolean isOver() {
    return out.isOver() && back.isOver();
  }

  /** Dials the far end, once. */
  void dial(SocketAddress target) throws IOException {
    if (!dialled) {
      dialled = true;
      far.connect(target);
    }
  }

  /** Reads or connects, as far as the ends are ready. */
  void proceed(long dueNanos) throws IOException {
    if (far.keyFor(selector).isConnectable()) {
      far.finishConnect();
    }
    if (near.keyFor(selector).isReadable()) {
      out.read(dueNanos);
    }
    if (isConnected() && far.keyFor(selector).isReadable()) {
      back.read(dueNanos);
    }
  }

  /** Asks the selector for what would let this passage go on. */
  void listen(boolean silent) {
    int ofNear = 0;
    int ofFar = 0;
    if (!silent && !isConnected()) {
      ofFar = dialled ? SelectionKey.OP_CONNECT : 0;
    } else if (!silent) {
      ofNear = interest(out.wantsToRead(), back.isBlocked());
      ofFar = interest(back.wantsToRead(), out.isBlocked());
    }
    near.keyFor(selector).interestOps(ofNear);
    far.keyFor(selector).interestOps(ofFar);
  }

  private static int interest(boolean read, boolean write) {
    return (read ? SelectionKey.OP_READ : 0) | (write ? SelectionKey.OP_WRITE : 0);
  }

  /** Ends both sides as an error, so that neither takes what it read for all there was. */
  void reset() throws IOException {
    reset(near);
    reset(far);
  }

  private static void reset(SocketChannel end) throws IOException {
    if (end.isOpen()) {
      end.setOption(StandardSocketOptions.SO_LINGER, 0);
      end.close();
    }
  }

  void close() throws IOException {
    near.close();
    far.close();
  }
}
