package dev.skerry.ingest.intake;

import dev.skerry.ingest.auth.Principal;
import dev.skerry.ingest.body.Message;

/** One message that has come in: who sent it, by which way, and what it says. */
public record Arrival(Principal sender, Via via, Message message) {}
