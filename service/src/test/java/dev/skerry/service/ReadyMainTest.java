package dev.skerry.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadyMainTest {

  @Test
  void shouldSayWhetherAServiceIsReadyAndNoWhereNobodyAnswers() {
    URI gone;
    try (Observability observability = Observability.start(anyPort())) {
      gone = URI.create("http://127.0.0.1:" + observability.port() + "/ready");
      assertThat(ReadyMain.isReady(gone)).isTrue();
      observability.health().ready("kafka", () -> Optional.of("is being waited for"));
      assertThat(ReadyMain.isReady(gone)).isFalse();
    }
    assertThat(ReadyMain.isReady(gone)).isFalse();
  }

  private static ServiceConfig.Http anyPort() {
    return Settings.of(Map.of("kafka.bootstrap.servers", "127.0.0.1:1")).service().http();
  }
}
