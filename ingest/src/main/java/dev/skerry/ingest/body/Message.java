package dev.skerry.ingest.body;

import dev.skerry.schemas.Telemetry;

/**
 * One telemetry message as it was read, before anybody checked what it says.
 *
 * @param telemetry what it says; sequence 0 and event time zero where it says none
 * @param sequenced whether the device gave a sequence; without one a resend is not recognised
 * @param timed whether the device gave an event time
 * @param original its bytes as they came
 */
public record Message(Telemetry telemetry, boolean sequenced, boolean timed, Original original) {}
