package dev.skerry.retrain.train.vibration;

import dev.skerry.retrain.train.judge.Confusion;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a user of the model should know, as Markdown. */
record ModelCard(TrainedClassifier trained) {

  String toMarkdown(String dataSource, String command) {
    Judgement judgement = trained.judgement();
    Confusion all = judgement.confusion();
    Confusion model = all.detection();
    Confusion rms = judgement.baselineDetection();
    int classes = all.labels().size();
    return String.format(
        Locale.ROOT,
        """
      # %s %s

      Tells from one window of a rotating machine's vibration whether something is wrong, and what:
      %s.

      - **Input** `readings` [batch, 3, 1024]: radial acceleration (g), axial acceleration (g), shaft
        speed (Hz); 1024 steps at 2560 Hz.
      - **Output** `scores` [batch, %d]: probabilities in the order above.
      - **Contract**: in the file's metadata under `skerry.contract`, with one golden sample for each
        class. Answers below a confidence of 0.6 become retraining candidates.

      ## Data

      %s

      Trained on %d windows of %d machines, judged on %d windows of %d other machines that have the
      same distributions. Faults have severities from 0.1 to 1, mostly small ones: at 0.1 an
      unbalance is about as large as what many healthy machines have.

      ## Features and training

      All inside the graph. Log mean square, kurtosis and crest factor of both accelerations; power of
      the tones at 0.5 to 3.5 times the shaft speed; the spectrum of the squared envelope from 430 to
      1200 Hz, read at 0.5 to 16 times the shaft speed; how clearly a defect's fundamental, harmonics
      and sidebands stand out of it. Multinomial logistic regression (Tribuo, AdaGrad, %d epochs, seed
      %d).

      ## On machines that it has never seen

      | | model | best RMS threshold |
      |---|---:|---:|
      | fault or not: balanced accuracy | %.3f | %.3f |
      | fault or not: accuracy | %.3f | %.3f |
      | faults found | %.3f | %.3f |
      | healthy windows left alone | %.3f | %.3f |
      | all %d classes: accuracy | %.3f | - |
      | all %d classes: balanced accuracy | %.3f | - |

      The thresholds (radial %s, axial %s) are the pair with the best balanced accuracy on the
      training data.

      %s
      | severity | windows | named right |
      |---|---:|---:|
      %s
      %.1f %% of the windows are below the confidence of 0.6; %.1f %% of those are answered right.

      ## Cost

      %.0f us a window in batches of 64 on one CPU thread of the machine that trained it, features
      included; %d bytes.

      ## Limits

      The machines are simulated: rolling-element bearings with a fixed outer race, a structure with
      one mode between 560 and 1050 Hz, 12 to 50 turns a second, one fault at a time. On real machines
      it is a start, not an answer: fit it on data of your own. It needs the shaft speed. A window has
      0.4 s: slow machines have few impacts in it.

      ## Train it again

          %s

      The same command gives the same bytes on the same kind of CPU.
      """,
        VibrationTraining.NAME,
        trained.training().version(),
        String.join(", ", all.labels()),
        classes,
        dataSource,
        trained.trainingWindows(),
        trained.trainingDevices(),
        judgement.windows(),
        judgement.devices(),
        trained.training().epochs(),
        trained.training().seed(),
        model.balancedAccuracy(),
        rms.balancedAccuracy(),
        model.accuracy(),
        rms.accuracy(),
        model.recall(1),
        rms.recall(1),
        model.recall(0),
        rms.recall(0),
        classes,
        all.accuracy(),
        classes,
        all.balancedAccuracy(),
        threshold(judgement.baseline().firstG()),
        threshold(judgement.baseline().secondG()),
        all.toMarkdown(),
        severities(judgement),
        100 * judgement.doubtfulShare(),
        100 * judgement.doubtfulAccuracy(),
        trained.microsPerWindow(),
        trained.onnx().length,
        command);
  }

  private static String severities(Judgement judgement) {
    return judgement.bySeverity().stream()
        .map(
            band ->
                String.format(
                    Locale.ROOT,
                    "| %.2f to %.2f | %d | %.3f |%n",
                    band.from(),
                    band.toExclusive(),
                    band.windows(),
                    band.recall()))
        .collect(Collectors.joining());
  }

  private static String threshold(double rmsG) {
    return Double.isInfinite(rmsG) ? "none" : String.format(Locale.ROOT, "%.4f g", rmsG);
  }
}
