package dev.skerry.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.skerry.local.site.SiteFiles;
import dev.skerry.local.site.SiteParts;
import dev.skerry.retrain.loop.LoopState;
import dev.skerry.retrain.loop.LoopState.Model;
import dev.skerry.retrain.loop.LoopState.Phase;
import dev.skerry.retrain.loop.LoopState.Training;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopLineTest {

  private static final Model FIRST = new Model("faults", "1.0.0", List.of("normal"));
  private static final Model SECOND = new Model("faults", "1.2.0", List.of("normal", "inner"));
  private static final Training TRAINING = new Training("1.1.0", "by hand", 7, "epoch 1");

  @Test
  void shouldSayHowFarItIs() {
    assertThat(LoopLine.of(state(Phase.COLLECTING, 150L, null, FIRST, List.of())))
        .isEqualTo("42/150 new labels");
    assertThat(LoopLine.of(state(Phase.COLLECTING, null, null, FIRST, List.of())))
        .isEqualTo("1,042 labels");
    assertThat(LoopLine.of(state(Phase.TRAINING, 150L, TRAINING, FIRST, List.of("inner"))))
        .isEqualTo("1.1.0 is trained, inner not known");
    assertThat(LoopLine.of(state(Phase.JUDGING, 150L, TRAINING, FIRST, List.of("inner"))))
        .isEqualTo("1.1.0 is at the gate, inner not known");
    assertThat(LoopLine.of(state(Phase.TRIAL, 150L, null, FIRST, List.of("inner"))))
        .isEqualTo("a release is tried, inner not known");
    assertThat(LoopLine.of(state(Phase.COLLECTING, 150L, null, SECOND, List.of())))
        .isEqualTo("42/150 new labels, inner learnt (1.2.0)");
  }

  @Test
  void shouldAskTheProcessAndSayNothingWhereThereIsNone(@TempDir Path dir) throws IOException {
    SiteFiles files = new SiteFiles(dir);
    LoopProbe probe = new LoopProbe(files);
    assertThat(probe.look()).as("it never ran").isEmpty();
    LoopState judging = state(Phase.JUDGING, 150L, TRAINING, FIRST, List.of("inner"));
    AtomicReference<@Nullable LoopState> state = new AtomicReference<>(judging);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/loop",
        exchange -> {
          LoopState now = state.get();
          byte[] body = (now == null ? "" : now.toJson()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(now == null ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      Path port = files.port(SiteParts.RETRAIN);
      Files.createDirectories(dir.resolve("state/ports"));
      Files.writeString(port, Integer.toString(server.getAddress().getPort()));
      await().untilAsserted(() -> assertThat(probe.look()).contains(judging));
      tellsWhatIsLearnt(files, state);
    } finally {
      server.stop(0);
    }
    assertThat(probe.look()).as("it is gone").isEmpty();
  }

  private static void tellsWhatIsLearnt(
      SiteFiles files, AtomicReference<@Nullable LoopState> state) {
    List<String> lines = new ArrayList<>();
    LoopWatch watch = new LoopWatch(files, lines::add);
    String learnt = "inner is learnt: faults 1.2.0 answers";
    assertThat(lookUntilAnswered(watch)).isEqualTo("1.1.0 is at the gate, inner not known");
    assertThat(lines).isEmpty();
    state.set(null);
    watch.look();
    assertThat(watch.summary()).as("it does not answer").isEmpty();
    state.set(state(Phase.COLLECTING, 150L, null, SECOND, List.of()));
    lookUntilAnswered(watch);
    lookUntilAnswered(watch);
    assertThat(lines).as("learnt while nobody answered").containsExactly(learnt);
    LoopWatch ofTheNextRun = new LoopWatch(files, lines::add);
    lookUntilAnswered(ofTheNextRun);
    assertThat(lines).as("it was learnt before").hasSize(1);
  }

  /** A busy machine may not answer a look in time. */
  private static String lookUntilAnswered(LoopWatch watch) {
    return await()
        .until(
            () -> {
              watch.look();
              return watch.summary();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private static LoopState state(
      Phase phase,
      @Nullable Long trainsAt,
      @Nullable Training training,
      Model champion,
      List<String> unknown) {
    return new LoopState(
        "vibration",
        phase,
        1_042,
        42,
        trainsAt,
        new TreeMap<>(),
        null,
        champion,
        FIRST,
        unknown,
        training,
        List.of());
  }
}
