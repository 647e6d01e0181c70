package dev.skerry.retrain.train.candidate;

import dev.skerry.retrain.dataset.DatasetVersion;
import java.nio.file.Path;

/**
 * What is to be trained.
 *
 * @param dataset what on
 * @param champion the model that the candidate is to be better than
 * @param version what the candidate is to call itself
 * @param out where its file goes
 */
public record TrainingJob(DatasetVersion dataset, Path champion, String version, Path out) {}
