package dev.skerry.ingest.intake;

import dev.skerry.ingest.body.Original;

/**
 * A message that could not be read, of a sender who cannot be told so.
 *
 * @param deviceId the device that sent it, as far as it was proven
 * @param stream the stream that it was sent to
 * @param original its bytes
 * @param finding what is wrong with it
 */
public record Unread(Via via, String deviceId, String stream, Original original, Finding finding) {}
