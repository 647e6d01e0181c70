package dev.skerry.warehouse;

import dev.skerry.broker.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Iceberg's own REST catalog for tests, on a free port, over a catalog in SQLite. */
final class RestCatalogServer implements AutoCloseable {

  private final Server server;
  private final URI url;

  private RestCatalogServer(Server server, int port) {
    this.server = server;
    this.url = URI.create("http://127.0.0.1:" + port + "/");
  }

  /**
   * Starts it.
   *
   * @param properties of the catalog behind it
   */
  static RestCatalogServer start(Map<String, String> properties) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(
        new ServletHolder(
            new RESTCatalogServlet(
                new RESTCatalogAdapter(
                    CatalogUtil.buildIcebergCatalog("behind", properties, /* conf= */ null)))),
        "/*");
    int port = FreePorts.next();
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setHandler(context);
    RestCatalogServer started = new RestCatalogServer(server, port);
    started.comeBack();
    return started;
  }

  URI url() {
    return url;
  }

  /** Nobody answers from now on. */
  void goAway() throws Exception {
    server.stop();
  }

  /** With all that it knew. */
  void comeBack() throws Exception {
    server.start();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The catalog does not stop", e);
    }
  }
}
