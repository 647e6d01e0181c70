package dev.skerry.retrain.train.candidate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skerry.retrain.train.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Any program as the trainer: it is given the dataset's directory and the file that it has to
 * write, as its last two arguments, and the rest in its environment. What it prints is progress.
 * Immutable.
 *
 * @param command the program and its first arguments
 * @param timeout after so long it is ended
 * @param known what the first model was made of, which it may learn from too
 */
public record CommandTrainer(List<String> command, Duration timeout, KnownData known)
    implements Trainer {

  private static final Duration GRACE = Duration.ofSeconds(5);

  public CommandTrainer {
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("train.command must name a program");
    }
  }

  @Override
  public void train(TrainingJob job, Progress progress) throws InterruptedException {
    List<String> whole = new ArrayList<>(command);
    whole.add(job.dataset().directory().toAbsolutePath().toString());
    whole.add(job.out().toAbsolutePath().toString());
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(environment(job));
    Process process = start(builder);
    Thread reader = new Thread(() -> report(process, progress), "train-output");
    reader.setDaemon(true);
    reader.start();
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TrainingFailedException(
            command.get(0) + " took longer than " + timeout + " and was ended");
      }
      reader.join(GRACE.toMillis());
      if (process.exitValue() != 0) {
        throw new TrainingFailedException(
            command.get(0) + " ended with exit code " + process.exitValue());
      }
      requireFile(job.out());
    } finally {
      end(process);
    }
  }

  /** The program may be a script whose children do the work. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private Process start(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new TrainingFailedException(
          "train.command cannot be started: "
              + e.getMessage()
              + "; is "
              + command.get(0)
              + " there?",
          e);
    }
  }

  private void requireFile(Path out) {
    if (!Files.isRegularFile(out)) {
      throw new TrainingFailedException(
          command.get(0) + " ended well, but wrote no model to " + out);
    }
  }

  private Map<String, String> environment(TrainingJob job) {
    Map<String, String> environment = new HashMap<>();
    environment.put("SKERRY_DATASET", absolute(job.dataset().directory()));
    environment.put("SKERRY_STREAM", job.dataset().manifest().stream());
    environment.put("SKERRY_CHAMPION", absolute(job.champion()));
    environment.put("SKERRY_MODEL_VERSION", job.version());
    environment.put("SKERRY_MODEL_OUT", absolute(job.out()));
    environment.put("SKERRY_MODEL_INT8_OUT", absolute(job.int8Out()));
    known.training().ifPresent(file -> environment.put("SKERRY_KNOWN_TRAINING", absolute(file)));
    return environment;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }

  private static void report(Process process, Progress progress) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        progress.report(line);
      }
    } catch (IOException e) {
      progress.report("its output cannot be read any more: " + e.getMessage());
    }
  }
}
