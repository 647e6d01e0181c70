package dev.skerry.warehouse.jdbc;

import static org.awaitility.Awaitility.await;

import dev.skerry.broker.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL of this machine's own installation, with data that are gone afterwards. */
final class TestPostgres implements AutoCloseable {

  static final String USER = "skerry";

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path directory;
  private final Process server;
  private final int port;

  private TestPostgres(Path directory, Process server, int port) {
    this.directory = directory;
    this.server = server;
    this.port = port;
  }

  /** Where its programs are; empty where it is not installed. */
  static Optional<Path> installed() throws IOException {
    List<Path> places = new ArrayList<>();
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(Path::of)
        .forEach(places::add);
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> versions = Files.list(DEBIAN)) {
        versions
            .sorted(Comparator.reverseOrder())
            .map(version -> version.resolve("bin"))
            .forEach(places::add);
      }
    }
    return places.stream()
        .filter(place -> Files.isExecutable(place.resolve("initdb")))
        .filter(place -> Files.isExecutable(place.resolve("postgres")))
        .findFirst();
  }

  static TestPostgres start(Path programs) throws Exception {
    Path directory = Files.createTempDirectory("skerry-postgres");
    // It refuses to run as root and is somebody else then, who has to get in here.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path data = directory.resolve("data");
    List<String> initialise =
        List.of(
            programs.resolve("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=trust",
            "--no-sync");
    int code = process(initialise, directory, "initdb.log").waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "initdb ended with " + code + ": " + Files.readString(directory.resolve("initdb.log")));
    }
    int port = FreePorts.next();
    Process server =
        process(
            List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-h",
                "127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"),
            directory,
            "postgres.log");
    TestPostgres postgres = new TestPostgres(directory, server, port);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> server.isAlive() && postgres.number("SELECT 1") == 1);
    return postgres;
  }

  private static Process process(List<String> command, Path directory, String log)
      throws IOException {
    List<String> asSomebody = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      asSomebody.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    }
    asSomebody.addAll(command);
    return new ProcessBuilder(asSomebody)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(log).toFile())
        .start();
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** The one number that a statement gives. */
  long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=" + USER);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Override
  public void close() throws IOException {
    server.destroy();
    server.onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
