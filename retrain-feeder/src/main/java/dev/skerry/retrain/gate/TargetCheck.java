package dev.skerry.retrain.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks another program whether a candidate keeps the limits of the machines that it is for. */
record TargetCheck(GateRules rules) {

  /**
   * What came of it.
   *
   * @param failure why the candidate does not pass; empty where it does
   * @param output what the program printed
   */
  record Result(Optional<String> failure, String output) {}

  Result run(Path candidate) throws InterruptedException {
    if (rules.check().isEmpty()) {
      return new Result(Optional.empty(), "");
    }
    List<String> command = new ArrayList<>(rules.check());
    command.add(candidate.toAbsolutePath().toString());
    try {
      Path output = Files.createTempFile("skerry-check", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
          boolean ended = process.waitFor(rules.checkTimeout().toMillis(), TimeUnit.MILLISECONDS);
          String said = Files.readString(output, UTF_8);
          return new Result(failure(ended, process, said), said);
        } finally {
          process.destroyForcibly();
        }
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new GateException("gate.check cannot be run: " + e.getMessage(), e);
    }
  }

  private Optional<String> failure(boolean ended, Process process, String said) {
    if (!ended) {
      return Optional.of(
          "the check of the target's limits took longer than " + rules.checkTimeout());
    }
    if (process.exitValue() == 0) {
      return Optional.empty();
    }
    String last = said.strip().lines().reduce("", (first, second) -> second);
    return Optional.of("it does not keep the target's limits: " + last);
  }
}
