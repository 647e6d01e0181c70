package dev.skerry.ingest.devices;

import dev.skerry.ingest.auth.TokenHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the file says of a device, or of all whose names begin alike. Immutable.
 *
 * @param streams which streams it may send; empty for all
 * @param tokens the hashes of its tokens; several while they are exchanged
 * @param disabled whether nothing is taken from it
 */
record DeviceEntry(Optional<Set<String>> streams, List<TokenHash> tokens, boolean disabled) {}
