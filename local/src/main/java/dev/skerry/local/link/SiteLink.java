package dev.skerry.local.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link that follows what its file says. Its methods may be called from any thread. */
public final class SiteLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SiteLink.class);
  private static final long LOOK_EVERY_MILLIS = 100;

  private final LinkProxy proxy;
  private final LinkFile file;
  private final Consumer<String> console;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private SiteLink(LinkProxy proxy, LinkFile file, Consumer<String> console) {
    this.proxy = proxy;
    this.file = file;
    this.console = console;
    this.thread = new Thread(this::follow, "link-file");
  }

  /**
   * Starts a link as its file says.
   *
   * @param port its near end on loopback
   * @param farPort where it leads to on loopback
   * @param console takes a line for each change
   * @throws IOException when the port is taken
   */
  public static SiteLink start(int port, int farPort, LinkFile file, Consumer<String> console)
      throws IOException {
    LinkCondition condition = file.read();
    LinkProxy proxy =
        LinkProxy.start(port, new InetSocketAddress(InetAddress.getLoopbackAddress(), farPort));
    SiteLink link = new SiteLink(proxy, file, console);
    link.become(condition);
    link.thread.setDaemon(true);
    link.thread.start();
    return link;
  }

  /** How the link was told to be. */
  public LinkCondition condition() {
    return proxy.condition();
  }

  /** How the link is, in a word or two. */
  public String describe() {
    return proxy.condition().describe();
  }

  private void follow() {
    try {
      while (!stop.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      become(file.read());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.debug("The link stays as it is: {}", e.getMessage());
    }
  }

  private void become(LinkCondition wanted) {
    if (!wanted.equals(proxy.condition())) {
      proxy.set(wanted);
      console.accept("The link to the cloud is " + wanted.describe());
    }
  }

  /** Resets what runs through the link and frees its port; the file stays. */
  @Override
  public void close() {
    stop.countDown();
    proxy.close();
  }
}
