package dev.skerry.local.loop;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteParts;
import dev.skerry.retrain.loop.LoopState;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the process that trains how far it is. Thread-safe. */
public final class LoopProbe {

  private static final int PATIENCE_MILLIS = 500;

  private final Path portFile;

  /** Of the site that keeps its things there. */
  public LoopProbe(SiteFiles files) {
    this.portFile = files.port(SiteParts.RETRAIN);
  }

  /** Empty where it does not run, or does not answer at once. */
  public Optional<LoopState> look() {
    try {
      return Files.exists(portFile)
          ? Optional.of(LoopState.read(answer(Files.readString(portFile).strip())))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // It is starting, busy or gone; the next look tells.
    }
  }

  private static String answer(String port) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + "/loop").toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
