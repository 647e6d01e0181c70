package dev.skerry.bench.inference;

import dev.skerry.bench.subject.Subject;
import dev.skerry.bench.traffic.AnswerCheck;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One subject's run through a backlog.
 *
 * @param subject who
 * @param run which of the interleaved runs, 1 and up
 * @param recordsPerSecond how fast
 * @param cpuMicrosPerRecord user and system time of the worker's process
 * @param brokerCpuMicrosPerRecord that of the broker's process meanwhile; 0 where there is none
 * @param peakMebibytes the most memory that the process held; 0 where it was not looked at
 * @param batchSizes the mean batch by stream; empty where there are none
 * @param answers what an independent reader found; null where nothing is written
 */
record BacklogFigures(
    Subject subject,
    int run,
    double recordsPerSecond,
    double cpuMicrosPerRecord,
    double brokerCpuMicrosPerRecord,
    long peakMebibytes,
    Map<String, Double> batchSizes,
    AnswerCheck.@Nullable Report answers) {}
