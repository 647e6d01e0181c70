package dev.skerry.service;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Asks the service in the same container whether it is ready, for engines that run a command to
 * know: exit code 0 where it is, 1 where not. It needs no shell and no other jar.
 */
public final class ReadyMain {

  private static final int PATIENCE_MILLIS = 5_000;

  private ReadyMain() {}

  /** Asks the port that {@code SERVICE_HTTP_PORT} names. */
  public static void main(String[] args) {
    String port = System.getenv("SERVICE_HTTP_PORT");
    if (port == null) {
      System.err.println("ready: SERVICE_HTTP_PORT is not set; give the port of /ready");
      System.exit(ExitCode.USAGE);
    }
    System.exit(isReady(URI.create("http://127.0.0.1:" + port + "/ready")) ? 0 : 1);
  }

  static boolean isReady(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      System.err.println("ready: " + address + " does not answer: " + e.getMessage());
      return false;
    }
  }
}
