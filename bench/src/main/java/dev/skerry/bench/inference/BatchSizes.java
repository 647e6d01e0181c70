package dev.skerry.bench.inference;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many records the processor scored together, from its metrics. */
final class BatchSizes {

  private static final Pattern LINE =
      Pattern.compile(
          "skerry_inference_batch_size_(sum|count)\\{.*model=\"bench-([^\"]+)\".*} (\\S+)");

  private BatchSizes() {}

  /** The mean by stream since the process began. */
  static Map<String, Double> read(int httpPort) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/metrics")).build();
    try {
      return parse(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("The processor's metrics cannot be read", e);
    }
  }

  static Map<String, Double> parse(String metrics) {
    Map<String, Double> sums = new HashMap<>();
    Map<String, Double> counts = new HashMap<>();
    Matcher line = LINE.matcher(metrics);
    while (line.find()) {
      (line.group(1).equals("sum") ? sums : counts)
          .merge(line.group(2), Double.parseDouble(line.group(3)), Double::sum);
    }
    Map<String, Double> means = new HashMap<>();
    counts.forEach((stream, count) -> means.put(stream, sums.getOrDefault(stream, 0.0) / count));
    return means;
  }
}
