package dev.skerry.console.read;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks each part how it is, every two seconds, on a thread of its own. Thread-safe. */
public final class PartWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PartWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long PERIOD_MILLIS = 2_000;
  private static final int OK = 200;
  private static final String SELECTS = "skerry_select_samples_total";
  private static final String TRAINS = "skerry_train_running";

  /** So long a part that never answered is taken for one that starts. */
  private static final Duration START = Duration.ofSeconds(90);

  private final Map<String, URI> parts;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "part-watch");
  private final Set<String> answered = new HashSet<>();
  private final long beganNanos = System.nanoTime();
  private volatile Map<String, PartSight> latest = Map.of();

  private PartWatch(Map<String, URI> parts) {
    this.parts = new TreeMap<>(parts);
  }

  /**
   * Starts to ask.
   *
   * @param parts where each answers: {@code http:} and an address, or {@code file:} and a file that
   *     holds the port on this machine
   */
  public static PartWatch start(Map<String, URI> parts) {
    PartWatch watch = new PartWatch(parts);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** What each part said last, by its name. */
  public Map<String, PartSight> latest() {
    return latest;
  }

  private void watch() {
    try {
      do {
        look();
      } while (!stop.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    Map<String, PartSight> sights = new LinkedHashMap<>();
    for (Map.Entry<String, URI> part : parts.entrySet()) {
      sights.put(part.getKey(), look(part.getKey(), part.getValue()));
    }
    latest = sights;
  }

  private PartSight look(String name, URI where) throws InterruptedException {
    try {
      String address = address(where);
      HttpResponse<String> ready = get(address + "/ready");
      Figures figures = Figures.parse(get(address + "/metrics").body());
      PartSight.Health health =
          ready.statusCode() == OK ? PartSight.Health.UP : PartSight.Health.STARTING;
      PartSight sight =
          new PartSight(
              name,
              health,
              ready.body().strip(),
              figures,
              budgets(address, figures),
              loop(address, figures));
      answered.add(name);
      return sight;
    } catch (IOException | IllegalArgumentException e) {
      log.debug("{} does not answer at {}", name, where, e);
      boolean starts = !answered.contains(name) && System.nanoTime() - beganNanos < START.toNanos();
      return starts
          ? PartSight.silent(name, PartSight.Health.STARTING, "has not answered yet")
          : PartSight.silent(name, PartSight.Health.DOWN, "does not answer");
    }
  }

  private List<Budget> budgets(String address, Figures figures)
      throws IOException, InterruptedException {
    return figures.has(SELECTS) ? Budget.parse(get(address + "/v1/selection").body()) : List.of();
  }

  private Optional<LoopSight> loop(String address, Figures figures)
      throws IOException, InterruptedException {
    if (!figures.has(TRAINS)) {
      return Optional.empty();
    }
    HttpResponse<String> answer = get(address + "/loop");
    return answer.statusCode() == OK ? LoopSight.parse(answer.body()) : Optional.empty();
  }

  /**
   * What a part answers at a path of its own; empty where there is no such part, or it has nothing
   * there.
   */
  public Optional<String> ask(String part, String path) {
    URI where = parts.get(part);
    if (where == null) {
      return Optional.empty();
    }
    try {
      HttpResponse<String> answer = get(address(where) + path);
      return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      log.debug("{} does not answer at {}", part, where, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String address(URI where) throws IOException {
    if (!"file".equals(where.getScheme())) {
      return where.toString().replaceAll("/+$", "");
    }
    return "http://127.0.0.1:" + Files.readString(Path.of(where)).strip();
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
