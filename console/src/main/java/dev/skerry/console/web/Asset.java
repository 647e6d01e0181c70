package dev.skerry.console.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** A file of the page, from the jars. Immutable. */
final class Asset {

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final String type;
  private final byte[] bytes;

  private Asset(String type, byte[] bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  Reply reply() {
    return Reply.ok(type, bytes);
  }

  /** All of them by their paths, read once. */
  static Map<String, Asset> all() {
    Map<String, Asset> assets = new LinkedHashMap<>();
    assets.put("/", page("index.html", "text/html; charset=utf-8"));
    assets.put("/console.css", page("console.css", STYLE));
    assets.put("/icon.svg", page("icon.svg", "image/svg+xml"));
    for (String script :
        new String[] {
          "console",
          "text",
          "flow",
          "charts",
          "detections",
          "panels",
          "models",
          "loop",
          "cloud",
          "letters",
          "orders"
        }) {
      assets.put("/" + script + ".js", page(script + ".js", SCRIPT));
    }
    String library = "/META-INF/resources/webjars/uplot/" + version() + "/dist/";
    assets.put("/uplot/uPlot.js", read(library + "uPlot.esm.js", SCRIPT));
    assets.put("/uplot/uPlot.css", read(library + "uPlot.min.css", STYLE));
    return assets;
  }

  private static String version() {
    String path = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
    try (InputStream in = Asset.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The build has no " + path);
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Asset page(String name, String type) {
    return read("/dev/skerry/console/page/" + name, type);
  }

  private static Asset read(String resource, String type) {
    try (InputStream in = Asset.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The build has no " + resource);
      }
      return new Asset(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
