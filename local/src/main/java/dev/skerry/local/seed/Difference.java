package dev.skerry.local.seed;

/**
 * Where a registry does not say what the catalogue says.
 *
 * @param expected what the catalogue says
 * @param found what the registry says
 */
public record Difference(String subject, int version, String expected, String found) {}
