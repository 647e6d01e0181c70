package dev.skerry.bench.prove;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.skerry.bench.mqtt.AnswerTimes;
import dev.skerry.bench.mqtt.AnsweredDevice;
import dev.skerry.bench.process.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Telemetry in over MQTT, its detection back over MQTT and to a webhook: does every message get its
 * answer by both ways, and how soon?
 */
final class AnswerLatency {

  private static final List<String> JVM = List.of("-Xmx384m", "-XX:+UseSerialGC", "-Xshare:auto");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String STREAM = "vibration";
  private static final int VALUES = 64;
  private static final double MESSAGES_PER_DEVICE_AND_SECOND = 1;
  private static final long LOOK_MILLIS = 20;
  private static final int POSTS_AT_A_TIME = 8;

  private final Path directory;
  private final long seed;
  private final int devices;
  private final int warmUpSeconds;
  private final int seconds;
  private final Consumer<String> console;

  AnswerLatency(
      Path directory,
      long seed,
      int devices,
      int warmUpSeconds,
      int seconds,
      Consumer<String> console) {
    this.directory = directory;
    this.seed = seed;
    this.devices = devices;
    this.warmUpSeconds = warmUpSeconds;
    this.seconds = seconds;
    this.console = console;
  }

  /**
   * What came of it.
   *
   * @param millisOverMqtt from the message's way out of the device to its detection's way in
   * @param millisToWebhook from the same to the detection's way into the receiver
   * @param repeatedToWebhook detections that were posted more than once
   */
  record Result(
      String name,
      int devices,
      double messagesPerSecond,
      int messages,
      int unansweredOverMqtt,
      int unansweredToWebhook,
      long repeatedOverMqtt,
      long repeatedToWebhook,
      AnswerTimes.Spread millisOverMqtt,
      AnswerTimes.Spread millisToWebhook,
      boolean holds)
      implements Proof {}

  Result run() throws InterruptedException {
    AnswerTimes mqtt = new AnswerTimes();
    AnswerTimes webhook = new AnswerTimes();
    ExecutorService posts = Executors.newFixedThreadPool(POSTS_AT_A_TIME);
    HttpServer receiver = receiver(webhook, posts);
    Properties settings = new Properties();
    settings.put(
        "gateway.answers.webhook.urls", "http://127.0.0.1:" + receiver.getAddress().getPort());
    try (ProofSite site = ProofSite.start(directory, seed);
        ChildJvm processor = site.processor("0", ProveCommand.JVM);
        GatewayProcess gateway =
            new GatewayProcess(directory, site.bootstrapServers(), JVM, settings)) {
      List<AnsweredDevice> fleet = connect(gateway.mqttPort(), mqtt);
      try {
        while (mqtt.heard() == 0 || webhook.heard() == 0) {
          processor.requireAlive();
          sendFor(1, fleet);
        }
        console.accept("the first answers are there");
        sendFor(warmUpSeconds, fleet);
        sendFor(seconds, fleet, mqtt, webhook);
        await(() -> mqtt.unanswered() == 0 && webhook.unanswered() == 0);
        return result(mqtt, webhook);
      } finally {
        close(fleet);
      }
    } finally {
      receiver.stop(0);
      posts.shutdown();
    }
  }

  private List<AnsweredDevice> connect(int port, AnswerTimes mqtt) {
    List<AnsweredDevice> fleet = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      fleet.add(new AnsweredDevice(port, "device-" + i, STREAM, VALUES, mqtt));
    }
    return fleet;
  }

  /** In turn, evenly in time. */
  private void sendFor(int duration, List<AnsweredDevice> fleet, AnswerTimes... counting) {
    long everyNanos = (long) (1e9 / (devices * MESSAGES_PER_DEVICE_AND_SECOND));
    long count = (long) (duration * devices * MESSAGES_PER_DEVICE_AND_SECOND);
    long startNanos = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long dueNanos = startNanos + i * everyNanos;
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
      fleet.get(i % devices).send(counting);
    }
  }

  private static void await(BooleanSupplier holds) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean() && System.nanoTime() < deadlineNanos) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private Result result(AnswerTimes mqtt, AnswerTimes webhook) {
    return new Result(
        "answer-latency",
        devices,
        devices * MESSAGES_PER_DEVICE_AND_SECOND,
        mqtt.messages(),
        mqtt.unanswered(),
        webhook.unanswered(),
        mqtt.repeated(),
        webhook.repeated(),
        mqtt.spread(),
        webhook.spread(),
        mqtt.messages() > 0
            && mqtt.unanswered() == 0
            && webhook.unanswered() == 0
            && mqtt.repeated() == 0);
  }

  private static HttpServer receiver(AnswerTimes webhook, ExecutorService posts) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> take(exchange, webhook));
      server.setExecutor(posts);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(HttpExchange exchange, AnswerTimes webhook) throws IOException {
    webhook.answered(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void close(List<AnsweredDevice> fleet) {
    for (AnsweredDevice device : fleet) {
      try {
        device.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
