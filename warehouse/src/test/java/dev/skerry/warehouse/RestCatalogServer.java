package dev.skerry.warehouse;

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

  private RestCatalogServer(Server server) {
    this.server = server;
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
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(context);
    server.start();
    return new RestCatalogServer(server);
  }

  URI url() {
    return server.getURI().resolve("/");
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
