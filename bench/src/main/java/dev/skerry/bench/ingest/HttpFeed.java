package dev.skerry.bench.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Devices with a connection each that send bodies of JSON one after the other, as fast as they are
 * answered. Whoever is not answered 200 ends the feed.
 */
final class HttpFeed implements AutoCloseable {

  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean stopping;

  /**
   * Starts devices.
   *
   * @param batch messages of one body; one is sent as an object, more as an array
   * @param values readings of one message
   */
  HttpFeed(int port, String name, int connections, int batch, int values) {
    String readings = readings(values);
    for (int i = 0; i < connections; i++) {
      String device = name + "-" + i;
      Thread thread = new Thread(() -> send(port, device, batch, readings), device);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static String readings(int values) {
    StringBuilder text = new StringBuilder("\"readings\":{\"sampleRateHz\":100,\"values\":[");
    for (int i = 0; i < values; i++) {
      text.append(i == 0 ? "" : ",").append(Math.round(Math.sin(i * 0.7) * 1e5) / 1e4);
    }
    return text.append("]}").toString();
  }

  private void send(int port, String device, int batch, String readings) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
      for (long sequence = 0; !stopping; sequence += batch) {
        out.write(request(device, sequence, batch, readings));
        requireStored(in);
        acknowledged.addAndGet(batch);
      }
    } catch (IOException | RuntimeException e) {
      if (!stopping) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private static byte[] request(String device, long sequence, int batch, String readings) {
    StringBuilder body = new StringBuilder(batch * (readings.length() + 100));
    body.append(batch == 1 ? "" : "[");
    for (int i = 0; i < batch; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"deviceId\":\"")
          .append(device)
          .append("\",\"stream\":\"bench\",\"eventTime\":")
          .append(1_700_000_000_000L + sequence)
          .append(",\"sequence\":")
          .append(sequence + i)
          .append(',')
          .append(readings)
          .append('}');
    }
    body.append(batch == 1 ? "" : "]");
    String head =
        "POST /v1/telemetry HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            + "content-length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(US_ASCII);
  }

  private static void requireStored(InputStream in) throws IOException {
    String status = line(in);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status + " " + new String(body, US_ASCII));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new IOException("the connection ended");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }

  /** How many messages were acknowledged so far; throws where a device could not go on. */
  long acknowledged() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new UncheckedIOException(new IOException("a device was not answered", reason));
    }
    return acknowledged.get();
  }

  /** Each device ends with the answer that it waits for. */
  @Override
  public void close() {
    stopping = true;
  }
}
