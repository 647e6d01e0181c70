package dev.skerry.warehouse;

import static org.awaitility.Awaitility.await;

import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** An object store with S3's interface in a process of its own, which can be away. */
final class S3Server implements AutoCloseable {

  static final String BUCKET = "plant-data";

  /** Where the profile s3 has put the server's jar. */
  private static final String JAR = "skerry.s3.server";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "--com.adobe.testing.s3mock.";

  private final Path jar;
  private final Path directory;
  private final int port = FreePorts.next();
  private final int tlsPort = FreePorts.next();
  private Optional<Process> process = Optional.empty();

  private S3Server(Path jar, Path directory) {
    this.jar = jar;
    this.directory = directory;
  }

  /** The server's jar; there is none in a usual build. */
  static Optional<Path> jar() {
    return Optional.ofNullable(System.getProperty(JAR)).map(Path::of);
  }

  static S3Server start(Path jar, Path directory) throws IOException {
    S3Server server = new S3Server(jar, directory);
    server.comeBack();
    return server;
  }

  /** What Iceberg's clients are told of it. */
  Map<String, String> properties() {
    return Map.of(
        "warehouse", "s3://" + BUCKET + "/tables",
        "io-impl", "org.apache.iceberg.aws.s3.S3FileIO",
        "s3.endpoint", endpoint().toString(),
        "s3.path-style-access", "true",
        "s3.access-key-id", "some-key",
        "s3.secret-access-key", "some-secret",
        "client.region", "eu-central-1");
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Nobody answers from now on. */
  void goAway() {
    process.ifPresent(running -> running.destroyForcibly().onExit().join());
  }

  /** With all that was in it. */
  void comeBack() throws IOException {
    Process started =
        TestJvm.startJar(
            directory.resolve("s3.log"),
            jar,
            "--server.port=" + tlsPort,
            PREFIX + "http-port=" + port,
            PREFIX + "store.root=" + directory.resolve("s3"),
            PREFIX + "store.retain-files-on-exit=true",
            PREFIX + "store.initial-buckets=" + BUCKET);
    process = Optional.of(started);
    HttpClient client = HttpClient.newHttpClient();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              HttpRequest bucket = HttpRequest.newBuilder(endpoint().resolve("/" + BUCKET)).build();
              return started.isAlive()
                  && client.send(bucket, BodyHandlers.discarding()).statusCode() == 200;
            });
  }

  @Override
  public void close() {
    goAway();
  }
}
