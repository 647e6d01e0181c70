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
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Asks the processes that train and select how far the circle is. Thread-safe. */
public final class LoopProbe {

  private static final int PATIENCE_MILLIS = 500;

  private final Path trainer;
  private final Path selection;

  /** Of the site that keeps its things there. */
  public LoopProbe(SiteFiles files) {
    this.trainer = files.port(SiteParts.RETRAIN);
    this.selection = files.port(SiteParts.SELECT);
  }

  /** How far it is; empty where the trainer does not run, or does not answer at once. */
  public Optional<LoopState> look() {
    return ask(trainer, "/loop", answer -> Optional.of(LoopState.read(answer)));
  }

  /** Why no label comes for a while, where labels are waited for; empty where they come. */
  public Optional<SpentSamples> spent(LoopState state) {
    return state.phase() == LoopState.Phase.COLLECTING
        ? ask(
            selection,
            "/v1/selection",
            answer -> SpentSamples.in(answer, state.stream(), Instant.now()))
        : Optional.empty();
  }

  private static <T> Optional<T> ask(
      Path portFile, String path, Function<String, Optional<T>> reading) {
    try {
      return Files.exists(portFile)
          ? reading.apply(answer(Files.readString(portFile).strip(), path))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // It is starting, busy or gone; the next look tells.
    }
  }

  private static String answer(String port, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
