package dev.skerry.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of the guide of a site that is up: {@code -Dconsole.url=URL
 * -Dscreenshots=DIRECTORY}.
 */
class PicturesIT {

  @Test
  void shouldTakeThePicturesOfTheGuide() {
    Optional<Path> chromium = Chromium.executable();
    Optional<Screenshots> wanted = Screenshots.wanted();
    String url = System.getProperty("console.url", "");
    assumeTrue(
        chromium.isPresent() && wanted.isPresent() && !url.isEmpty(),
        "Nobody asks for pictures: -Dconsole.url=http://127.0.0.1:8080 -Dscreenshots=DIRECTORY");
    try (Chromium started = Chromium.start(chromium.orElseThrow())) {
      wanted.orElseThrow().take(started.browser(), url);
    }
    assertThat(wanted.orElseThrow().directory().resolve("console-phone-dark.jpg"))
        .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(10_000));
  }
}
