package dev.skerry.local.site;

import static dev.skerry.local.site.TopicTraffic.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skerry.local.link.LinkCondition;
import dev.skerry.local.supervise.Part;
import dev.skerry.local.supervise.Supervisor;
import dev.skerry.schemas.access.KafkaUsers;
import dev.skerry.schemas.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The mirror of a secure site as the process that it is, over a link that loses connections. */
record MirrorProcess(SiteSettings settings, SecureBrokers brokers, Supervisor processes) {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Pattern EXPIRY =
      Pattern.compile("skerry_tls_expiry_timestamp_seconds\\{[^}]*broker=\"cloud\"[^}]*} (\\S+)");

  void ensureStarted() {
    if (processes.pid(SiteParts.MIRROR).isEmpty()) {
      processes.start(loggingAsDelivered(new SiteParts(settings).mirror()));
    }
  }

  /** With the services' own settings of logs, in place of those of tests. */
  private static Part loggingAsDelivered(Part part) {
    List<String> options = new ArrayList<>(part.jvmOptions());
    options.add("-Dlog4j2.configurationFile=../service/src/main/resources/log4j2.properties");
    return Part.service(part.name(), part.mainClass(), part.arguments(), options);
  }

  /** Every connection through the link ends, and those that are made then are new ones. */
  void reconnect() {
    brokers.link().set(new LinkCondition.Cut());
    await().atMost(PATIENCE).until(this::isLinkCut);
    brokers.link().set(new LinkCondition.Open());
  }

  private boolean isLinkCut() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), brokers.link().port())) {
      socket.setSoTimeout(500);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false; // Somebody at the far end waits for a handshake.
    } catch (IOException e) {
      return true;
    }
  }

  /** So many records of drift have arrived in all. */
  void awaitInTheCloud(long records) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () ->
                assertThat(count(brokers.cloud(KafkaUsers.OPERATOR), Topics.DRIFT))
                    .isEqualTo(records));
  }

  String log() throws IOException {
    return Files.readString(settings.files().logs().resolve(SiteParts.MIRROR + ".log"));
  }

  /** When its certificate for the cloud runs out, as its metrics say. */
  double expirySeconds() throws IOException {
    String port = Files.readString(settings.files().port(SiteParts.MIRROR)).strip();
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream answer = metrics.toURL().openStream()) {
      return EXPIRY
          .matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .map((MatchResult found) -> Double.parseDouble(found.group(1)))
          .findFirst()
          .orElseThrow(() -> new AssertionError("It does not say when its certificate runs out"));
    }
  }
}
