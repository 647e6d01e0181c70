package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServiceMainTest {

  private static final String[] NO_ARGS = {};

  @Test
  void shouldReturnZeroAndCloseWhenTheServiceEnds() {
    AtomicBoolean closed = new AtomicBoolean();
    int code =
        ServiceMain.run("oven", NO_ARGS, (settings, observability) -> service(() -> {}, closed));
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(closed).isTrue();
  }

  @Test
  void shouldReturnOneAndCloseWhenTheServiceFails() {
    AtomicBoolean closed = new AtomicBoolean();
    Work burning =
        () -> {
          throw new IOException("fire");
        };
    int code =
        ServiceMain.run("oven", NO_ARGS, (settings, observability) -> service(burning, closed));
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(closed).isTrue();
  }

  @Test
  void shouldReturnTwoAndSayOneSentenceForWrongSettings() {
    PrintStream before = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int code;
    try {
      code =
          ServiceMain.run(
              "oven",
              new String[] {"--set", "service.http.prt=1"},
              (settings, observability) -> service(() -> {}, new AtomicBoolean()));
    } finally {
      System.setErr(before);
    }
    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith("oven: ")
        .contains("service.http.prt")
        .hasLineCount(1);
  }

  @Test
  void shouldShowHealthAndMetricsOverHttp() {
    AtomicReference<String> live = new AtomicReference<>();
    AtomicReference<String> ready = new AtomicReference<>();
    AtomicReference<String> metrics = new AtomicReference<>();
    int code =
        ServiceMain.run(
            "oven",
            NO_ARGS,
            (settings, observability) -> {
              observability.health().live("fan", Optional::empty);
              observability.health().ready("heat", () -> Optional.of("still cold"));
              return service(
                  () -> {
                    live.set(get(observability, "/live"));
                    ready.set(get(observability, "/ready"));
                    metrics.set(get(observability, "/metrics"));
                  },
                  new AtomicBoolean());
            });
    assertThat(code).isEqualTo(ExitCode.OK);
    assertThat(live.get()).isEqualTo("200 ok\n");
    assertThat(ready.get()).isEqualTo("503 heat: still cold\n");
    assertThat(metrics.get()).startsWith("200 ").contains("jvm_memory_used_bytes");
  }

  private static String get(Observability observability, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + observability.port() + path);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Service service(Work work, AtomicBoolean closed) {
    return new Service() {
      @Override
      public void run() throws Exception {
        work.run();
      }

      @Override
      public void stop() {}

      @Override
      public void close() {
        closed.set(true);
      }
    };
  }
}
