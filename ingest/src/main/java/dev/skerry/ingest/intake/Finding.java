package dev.skerry.ingest.intake;

/**
 * What is wrong with a message.
 *
 * @param reason for machines
 * @param field the field, as a path; empty for the whole
 * @param detail what is wrong and what to do, in one sentence
 */
public record Finding(RefusalReason reason, String field, String detail) {}
