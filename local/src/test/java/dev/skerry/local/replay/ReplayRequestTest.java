package dev.skerry.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

class ReplayRequestTest {

  @Test
  void shouldReplayAsFastAsPossibleWhereNothingElseIsSaid() {
    ReplayRequest request = new ReplayRequest(List.of(), List.of("a.csv", "b.csv"));
    assertThat(request.withDefaults("pump", 30).arguments())
        .containsExactly("--stream", "pump", "--size", "30", "--speed", "max", "a.csv", "b.csv");
  }

  @Test
  void shouldKeepWhatTheUserSaid() {
    ReplayRequest request =
        new ReplayRequest(
            List.of("--speed=10x", "--size", "5", "--hop", "2", "--stream", "press"),
            List.of("a.csv"));
    ReplayRequest complete = request.withDefaults("pump", 30);
    assertThat(complete.arguments()).isEqualTo(request.arguments());
    assertThat(complete.stream()).isEqualTo("press");
    assertThat(complete.options().sizeRows()).isEqualTo(5);
    assertThat(complete.options().hopRows()).isEqualTo(2);
  }

  @Test
  void shouldRefuseOptionsThatAReplayDoesNotHave() {
    ReplayRequest request = new ReplayRequest(List.of("--sped", "max"), List.of("a.csv"));
    assertThatThrownBy(request::options)
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--sped");
  }
}
