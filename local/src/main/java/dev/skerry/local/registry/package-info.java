/**
 * A schema registry of one machine: Confluent's REST API over the catalogue, read only, so that
 * official clients in any language work against a site that is up.
 */
@NullMarked
package dev.skerry.local.registry;

import org.jspecify.annotations.NullMarked;
